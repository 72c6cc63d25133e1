package chat;

import chat.Event.Picture;
import chat.Event.Said;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** The last messages and pictures, for late joiners: in memory, and in files if it is to stay. */
final class History implements AutoCloseable {

  private static final int MAX_LENGTH = 256 * 1024; // characters of JSON in one welcome

  private final int size;
  private final Archive archive; // null: nothing is kept
  private final Pictures pictures;
  private final Deque<Said> last = new ArrayDeque<>();
  private int length; // of all these, as JSON
  private long lastId;

  private History(int size, Archive archive, Pictures pictures) {
    this.size = size;
    this.archive = archive;
    this.pictures = pictures;
  }

  /** No archive: messages are numbered, and late joiners get none. */
  static History none(Pictures pictures) {
    return new History(0, null, pictures);
  }

  /** Opens the archive and remembers its last {@code size} messages. */
  static History in(Path file, int size, Pictures pictures) throws IOException {
    Archive archive = new Archive(file);
    try {
      History history = new History(size, archive, pictures);
      archive.recover(size).forEach(history::remember);
      return history;
    } catch (IOException e) {
      archive.close();
      throw e;
    }
  }

  /** The last messages, oldest first. */
  List<Said> last() {
    return List.copyOf(last);
  }

  /** Written before anybody is told: what was seen is in the file, also after kill -9. */
  Said add(String name, String text) throws IOException {
    return add(name, text, (Picture) null);
  }

  /** First the picture, then the message: a link that is told can be loaded. */
  Said add(String name, String text, Jpeg jpeg) throws BadPicture {
    try {
      Picture picture = pictures.add(jpeg);
      try {
        Said said = add(name, text, picture);
        pictures.removeOldest();
        return said;
      } catch (IOException e) {
        pictures.removeLast();
        throw e;
      }
    } catch (IOException e) {
      throw new BadPicture("Your picture could not be saved.");
    }
  }

  private Said add(String name, String text, Picture picture) throws IOException {
    Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    Said said = new Said(lastId + 1, now, name, text, picture);
    if (archive != null) {
      archive.add(said);
    }
    remember(said);
    return said;
  }

  private void remember(Said said) {
    lastId = said.id();
    last.add(said);
    length += said.toJson().length();
    while (last.size() > size || length > MAX_LENGTH) {
      length -= last.remove().toJson().length();
    }
  }

  /** The picture at this path of the page; any thread may ask. */
  Optional<Path> findPicture(String path) {
    return pictures.find(path);
  }

  @Override
  public void close() {
    pictures.close();
    if (archive != null) {
      archive.close();
    }
  }
}
