package chat;

import static java.nio.charset.StandardCharsets.UTF_8;

import chat.Event.Picture;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** A folder of pictures, each a file that never changes; when they are too many, the oldest go. */
final class Pictures implements AutoCloseable {

  /** Where the page finds them; a name is used once only, so a browser may keep what it has. */
  static final String PATH = "/pictures/";

  private static final Pattern NAME = Pattern.compile("[0-9a-f-]{36}\\.jpg");
  private static final String INDEX = "index.txt";
  private static final String TEMPORARY = "chat-pictures-";

  private final int most;
  private final boolean isTemporary;
  private final Deque<Path> files = new ArrayDeque<>(); // oldest first
  private volatile Path folder; // null until a temporary one is needed
  private RandomAccessFile index; // the names of all pictures so far; null while there is no folder

  private Pictures(Path folder, int most, boolean isTemporary) {
    this.folder = folder;
    this.most = most;
    this.isTemporary = isTemporary;
  }

  /** Makes the folder, if there is none. Only files that its index names are ever removed. */
  static Pictures in(Path folder, int most) throws IOException {
    Pictures pictures = new Pictures(folder, most, false);
    pictures.open();
    return pictures;
  }

  /** For a chat without an archive: a folder that is gone when the chat has stopped. */
  static Pictures temporary(int most) {
    removeLeftovers();
    return new Pictures(null, most, true);
  }

  /** A chat that was killed leaves its temporary folder behind, but no lock. */
  private static void removeLeftovers() {
    Path parent = Path.of(System.getProperty("java.io.tmpdir"));
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(parent, TEMPORARY + "*")) {
      for (Path folder : folders) {
        Path index = folder.resolve(INDEX);
        // An empty one may belong to a chat that is just about to lock it.
        if (Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
            && Files.isRegularFile(index, LinkOption.NOFOLLOW_LINKS)
            && Files.size(index) > 0) {
          removeUnlessUsed(folder);
        }
      }
    } catch (IOException e) {
      // the system will clear its folder some day
    }
  }

  private static void removeUnlessUsed(Path folder) {
    try (Pictures left = new Pictures(folder, 0, true)) {
      left.open();
    } catch (IOException e) {
      // another chat uses it
    }
  }

  /** Locks the folder, and reads which pictures in it are ours. */
  private void open() throws IOException {
    if (folder == null) {
      folder = Files.createTempDirectory(TEMPORARY); // for no other user to read
    }
    try {
      Files.createDirectories(folder);
      index = new RandomAccessFile(folder.resolve(INDEX).toFile(), "rw");
    } catch (IOException e) {
      throw new IOException(folder + " cannot be the folder of pictures.", e);
    }
    try {
      if (index.getChannel().tryLock() == null) {
        throw new IOException("another chat uses it");
      }
      byte[] names = new byte[(int) index.length()];
      index.readFully(names);
      files.clear();
      new String(names, UTF_8).lines().forEach(name -> find(PATH + name).ifPresent(files::add));
    } catch (IOException | OverlappingFileLockException e) {
      closeIndex();
      throw new IOException(
          "%s cannot be the folder of pictures: %s. Choose another with -Dpictures.folder."
              .formatted(folder, e.getMessage()),
          e);
    }
  }

  /** Returns when the system has it; of a picture that could not be saved nothing is left. */
  Picture add(Jpeg jpeg) throws IOException {
    if (index == null || !Files.exists(folder.resolve(INDEX))) { // it may have been removed
      closeIndex();
      open();
    }
    String name = UUID.randomUUID() + ".jpg";
    index.seek(index.length());
    index.writeBytes("\n" + name); // a name that was cut off before it spoils no other
    Path file = folder.resolve(name);
    try {
      Files.write(file, jpeg.bytes());
    } catch (IOException e) {
      remove(file);
      throw e;
    }
    files.add(file);
    return new Picture(PATH + name, jpeg.width(), jpeg.height());
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
    Path place = folder;
    return place != null && NAME.matcher(name).matches()
        ? Optional.of(place.resolve(name))
            .filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
        : Optional.empty();
  }

  private void closeIndex() {
    try {
      if (index != null) {
        index.close();
      }
    } catch (IOException e) {
      // nothing is lost: every name was written when its picture was added
    }
    index = null;
  }

  @Override
  public void close() {
    boolean isOurs = index != null;
    closeIndex();
    if (isTemporary && isOurs) {
      files.forEach(Pictures::remove);
      remove(folder.resolve(INDEX));
      remove(folder);
    }
  }
}
