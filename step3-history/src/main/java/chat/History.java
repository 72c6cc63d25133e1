package chat;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import chat.Event.Said;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;

/** The archive: a file that only grows, one message a line as JSON; the last ones in memory too. */
final class History implements AutoCloseable {

  private static final int MAX_LINE = 128 * 1024; // 16 KiB of text: at worst six bytes for each one
  private static final String START = "{\"type\":\"said\",\"id\":";

  private final int size;
  private final Deque<Said> last = new ArrayDeque<>();
  private RandomAccessFile file;
  private long end; // where the next line goes
  private long lastId;

  /** Opens the archive and remembers its last {@code size} messages; 0 means no archive. */
  History(Path path, int size) throws IOException {
    this.size = size;
    if (size > 0) {
      file = new RandomAccessFile(path.toFile(), "rw");
      // Locked far behind the text, so that an editor may read it meanwhile, on Windows too.
      if (file.getChannel().tryLock(Long.MAX_VALUE - 1, 1, false) == null) {
        throw new IOException(path + " is in use by another chat.");
      }
      readTail(path);
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
    if (size > 0) {
      byte[] line = (said.toJson() + "\n").getBytes(UTF_8);
      try {
        file.seek(end);
        file.write(line); // the system has it now; only a power cut could still lose it
      } catch (IOException e) {
        file.setLength(end); // drops the part that did fit
        throw e;
      }
      end += line.length;
    }
    remember(said);
    return said;
  }

  private void remember(Said said) {
    lastId = said.id();
    last.add(said);
    if (last.size() > size) {
      last.remove();
    }
  }

  /** Reads the end, and more than twice as much each time, until that is enough lines. */
  private void readTail(Path path) throws IOException {
    long length = file.length();
    long most = Math.min(length, (size + 1L) * MAX_LINE);
    byte[] tail = new byte[0];
    String[] lines;
    do {
      tail = new byte[(int) Math.min(most, 2L * tail.length + 32 * 1024)];
      file.seek(length - tail.length);
      file.readFully(tail);
      lines = new String(tail, ISO_8859_1).split("\n", -1); // one char for each byte
    } while (tail.length < most && lines.length < size + 2);

    int torn = lines.length - 1; // behind the last line feed: nothing, or a line that was cut short
    if (read(lines[torn]) != null) { // or a whole one, whose line feed an editor took away
      file.seek(length);
      file.write('\n');
      readTail(path);
      return;
    }
    for (int i = Math.max(0, torn - size); i <= torn; i++) {
      Said said = read(lines[i]);
      boolean isTorn = lines[i].startsWith(START) || START.startsWith(lines[i]);
      if (said != null && said.id() > lastId) {
        remember(said);
      } else if (i < torn || !isTorn) {
        try (Stream<String> all = Files.lines(path, ISO_8859_1)) {
          long number = all.count() - torn + i + (lines[torn].isEmpty() ? 1 : 0);
          throw new IOException(path + ", line " + number + ", is no message of this chat.");
        }
      }
    }
    end = length - lines[torn].length();
    if (end < length) {
      file.setLength(end);
    }
  }

  /** The message in this line; null unless the line is, to the letter, what we write. */
  private static Said read(String line) {
    String json = new String(line.getBytes(ISO_8859_1), UTF_8);
    try {
      Said said = Event.JSON.readValue(json, Said.class);
      return said != null && said.toJson().equals(json) ? said : null;
    } catch (JacksonException e) {
      return null;
    }
  }

  @Override
  public void close() throws IOException {
    if (size > 0) {
      file.close();
    }
  }
}
