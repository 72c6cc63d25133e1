package chat;

import chat.Event.Picture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A folder of pictures, each a file that never changes; when they are too many, the oldest go. */
final class Pictures implements AutoCloseable {

  /** Where the page finds them; a name is used once only, so a browser may keep what it has. */
  static final String PATH = "/pictures/";

  private static final Pattern NAME = Pattern.compile("[0-9a-f-]{36}\\.jpg");

  private final Path folder;
  private final int most;
  private final boolean isTemporary;
  private final Deque<Path> files = new ArrayDeque<>(); // oldest first

  private Pictures(Path folder, int most, boolean isTemporary) {
    this.folder = folder;
    this.most = most;
    this.isTemporary = isTemporary;
  }

  /** For a chat without an archive: a folder that is gone when the chat has stopped. */
  static Pictures temporary(int most) {
    Path folder = Path.of(System.getProperty("java.io.tmpdir"), "pictures-" + UUID.randomUUID());
    return new Pictures(folder, most, true);
  }

  /** Makes the folder, if there is none. Files of other names are left alone. */
  static Pictures in(Path folder, int most) throws IOException {
    Pictures pictures = new Pictures(folder, most, false);
    try (Stream<Path> found = Files.list(Files.createDirectories(folder))) {
      found
          .filter(file -> NAME.matcher(file.getFileName().toString()).matches())
          .sorted(Comparator.comparing(file -> file.toFile().lastModified()))
          .forEach(pictures.files::add);
    } catch (IOException e) {
      throw new IOException(folder + " cannot be the folder of pictures.", e);
    }
    return pictures;
  }

  /** Returns when the system has it; of a picture that could not be saved nothing is left. */
  Picture add(Jpeg jpeg) throws IOException {
    Path file = folder.resolve(UUID.randomUUID() + ".jpg");
    try {
      Files.createDirectories(folder); // it may have been removed meanwhile
      Files.write(file, jpeg.bytes());
    } catch (IOException e) {
      remove(file);
      throw e;
    }
    files.add(file);
    return new Picture(PATH + file.getFileName(), jpeg.width(), jpeg.height());
  }

  /** Removes the one that was added last: what it was to be shown with could not be saved. */
  void removeLast() {
    remove(files.removeLast());
  }

  /** Removes the oldest, until there are no more than there may be. */
  void removeOldest() {
    while (files.size() > most) {
      remove(files.remove());
    }
  }

  private static void remove(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      // on Windows, while another program has it open; the next start counts it again
    }
  }

  /** The file at this path of the page, if there is one; any thread may ask. */
  Optional<Path> find(String path) {
    String name = path.substring(PATH.length());
    return NAME.matcher(name).matches()
        ? Optional.of(folder.resolve(name))
            .filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
        : Optional.empty();
  }

  @Override
  public void close() {
    if (isTemporary) {
      files.forEach(Pictures::remove);
      remove(folder);
    }
  }
}
