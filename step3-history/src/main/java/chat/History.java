package chat;

import chat.Event.Said;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The last messages, for late joiners: in memory, and in an archive if there is one. */
final class History implements AutoCloseable {

  private static final int MAX_LENGTH = 256 * 1024; // characters of JSON in one welcome

  private final int size;
  private final Archive archive; // null: nothing is kept
  private final Deque<Said> last = new ArrayDeque<>();
  private int length; // of all these, as JSON
  private long lastId;

  private History(int size, Archive archive) {
    this.size = size;
    this.archive = archive;
  }

  /** No archive: messages are numbered, and late joiners get none. */
  static History none() {
    return new History(0, null);
  }

  /** Opens the archive and remembers its last {@code size} messages. */
  static History in(Path file, int size) throws IOException {
    Archive archive = new Archive(file);
    try {
      History history = new History(size, archive);
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
    Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    Said said = new Said(lastId + 1, now, name, text);
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

  @Override
  public void close() {
    if (archive != null) {
      archive.close();
    }
  }
}
