package chat;

import static java.nio.charset.StandardCharsets.UTF_8;

import chat.Event.Said;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** A file that only grows: one message a line, as JSON in UTF-8 (JSON Lines). */
final class Archive implements AutoCloseable {

  private static final int MAX_LINE = 128 * 1024; // 16 KiB of text: at worst six bytes for each one
  private static final int BLOCK = 32 * 1024;

  private final Path path;
  private final RandomAccessFile file;
  private final Object key; // of the open file: device and inode, where the system has them
  private long end; // where the next line goes
  private boolean isWarned; // on the console, that nothing can be saved

  /** Opens the file, or makes it; no other chat may use it meanwhile. */
  Archive(Path path) throws IOException {
    this.path = path;
    file = new RandomAccessFile(path.toFile(), "rw");
    try {
      end = file.length();
      file.seek(end); // no pipe can do that
      // Locked far behind the text, so that an editor may read it meanwhile, on Windows too.
      if (!lock()) {
        throw new IOException("another chat uses it");
      }
      key = attributes().fileKey();
    } catch (IOException e) {
      file.close();
      throw new IOException(path + " cannot be the archive: " + e.getMessage() + ".", e);
    }
  }

  private boolean lock() throws IOException {
    try {
      return file.getChannel().tryLock(Long.MAX_VALUE - 1, 1, false) != null;
    } catch (IOException e) { // as on some network drives
      throw new IOException(
          "files cannot be locked there (%s); choose another with -Dhistory.file, or -Dhistory=0"
              .formatted(e.getMessage()),
          e);
    }
  }

  private BasicFileAttributes attributes() throws IOException {
    return Files.readAttributes(path, BasicFileAttributes.class);
  }

  /** Returns when the system has it: only a power cut could still lose it. */
  void add(Said said) throws IOException {
    byte[] line = (said.toJson() + "\n").getBytes(UTF_8);
    try {
      checkUnchanged();
      write(line);
      end += line.length;
    } catch (IOException e) {
      if (!isWarned) {
        System.err.println("Messages cannot be saved: " + e.getMessage());
        isWarned = true;
      }
      throw e;
    }
  }

  /** An editor or a backup tool may have put another file in its place. */
  private void checkUnchanged() throws IOException {
    BasicFileAttributes now = attributes();
    if (now.size() != end || !Objects.equals(now.fileKey(), key)) {
      throw new IOException(path + " was changed by another program.");
    }
  }

  private void write(byte[] line) throws IOException {
    try {
      file.seek(end);
      file.write(line);
    } catch (IOException e) {
      try {
        file.setLength(end); // drops the part that did fit
      } catch (IOException again) {
        e.addSuppressed(again); // the first cause is the one to tell
      }
      throw e;
    }
  }

  /**
   * Reads the last messages back, oldest first, and repairs the end of the file: a last line that
   * was cut short is removed, and so are the zeros that a power cut may leave. Only the end of the
   * file is read, and nothing is changed before all of it is known to be ours.
   *
   * @throws IOException with a sentence that names the first line that is not ours
   */
  List<Said> recover(int count) throws IOException {
    end = endWithoutZeros();
    byte[] tail = tail(count);
    Deque<byte[]> lines = new ArrayDeque<>(lines(tail));
    byte[] rest = lines.removeLast(); // nothing, or a line without its line feed
    boolean isCut = tail.length < end; // the tail's first line begins somewhere before it
    byte[] cut = isCut && !lines.isEmpty() ? lines.removeFirst() : null;
    while (lines.size() > count) {
      lines.removeFirst();
    }
    long at = end - rest.length - lines.stream().mapToLong(line -> line.length + 1).sum();
    if (isCut && lines.size() < count) {
      throw foreign(cut == null ? end : at - 1); // it is longer than any message of ours
    }
    List<Said> messages = new ArrayList<>();
    long lastId = 0;
    for (byte[] line : lines) {
      Said said = read(line);
      if (said == null || said.id() <= lastId) {
        throw foreign(at);
      }
      messages.add(said);
      lastId = said.id();
      at += line.length + 1;
    }
    Said whole = read(rest);
    if (whole != null && whole.id() > lastId) { // an editor took its line feed away
      messages.add(whole);
      file.seek(end);
      file.write('\n');
      end++;
    } else if (isTorn(rest, lastId + 1, messages.isEmpty())) {
      end -= rest.length;
    } else if (rest.length > 0 || messages.isEmpty() && file.length() > 0) {
      throw foreign(at);
    }
    if (file.length() > end) {
      file.setLength(end);
    }
    return messages.subList(Math.max(0, messages.size() - count), messages.size());
  }

  /** Where the file ends when zeros at its end do not count. */
  private long endWithoutZeros() throws IOException {
    long last = file.length();
    byte[] block = new byte[4096];
    while (last > 0) {
      int size = (int) Math.min(last, block.length);
      file.seek(last - size);
      file.readFully(block, 0, size);
      for (int i = size; i > 0; i--) {
        if (block[i - 1] != 0) {
          return last - size + i;
        }
      }
      last -= size;
    }
    return 0;
  }

  /**
   * The last bytes of the file: as many as hold {@code count} whole lines, unless lines are long.
   */
  private byte[] tail(int count) throws IOException {
    byte[] tail = {};
    long lines;
    do {
      tail = new byte[(int) Math.min(end, 2L * tail.length + BLOCK)];
      file.seek(end - tail.length);
      file.readFully(tail);
      lines = lines(tail).size() - 2; // the first may be cut, the last has no line feed
    } while (tail.length < end && lines < count && tail.length <= (lines + 2) * MAX_LINE);
    return tail;
  }

  /** What stands before, between and behind the line feeds. */
  private static List<byte[]> lines(byte[] bytes) {
    List<byte[]> lines = new ArrayList<>();
    int begin = 0;
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == '\n') {
        lines.add(Arrays.copyOfRange(bytes, begin, i));
        begin = i + 1;
      }
    }
    lines.add(Arrays.copyOfRange(bytes, begin, bytes.length));
    return lines;
  }

  /**
   * The message in this line; null unless the line is, to the letter, what a step writes. Another
   * step may have written more, such as a picture.
   */
  private static Said read(byte[] line) {
    try {
      String json = UTF_8.newDecoder().decode(ByteBuffer.wrap(line)).toString();
      Said said = Event.JSON.readValue(json, Said.class);
      JsonNode all = Event.JSON.readTree(json);
      return said != null && hasAll(all, said) && all.toString().equals(json) ? said : null;
    } catch (CharacterCodingException | JacksonException e) {
      return null;
    }
  }

  private static boolean hasAll(JsonNode line, Said said) {
    return Event.JSON.readTree(said.toJson()).properties().stream()
        .allMatch(member -> member.getValue().equals(line.get(member.getKey())));
  }

  /** True for the beginning of the message with this id. A file of one line must show more. */
  private static boolean isTorn(byte[] line, long id, boolean isAlone) {
    String begin = "{\"type\":\"said\",\"id\":" + id + ",";
    String text = new String(line, UTF_8);
    if (!text.startsWith(begin) && (isAlone || !begin.startsWith(text) || text.isEmpty())) {
      return false;
    }
    try {
      Event.JSON.readTree(line);
      return false; // whole, so it is not ours
    } catch (JacksonException e) {
      return e.getOriginalMessage().startsWith("Unexpected end-of-input"); // else it is broken
    }
  }

  /** The line that begins here, or in which this is, is not ours. */
  private IOException foreign(long at) throws IOException {
    long number = 1;
    try (InputStream bytes = new BufferedInputStream(Files.newInputStream(path), BLOCK)) {
      for (long i = 0; i < at; i++) {
        if (bytes.read() == '\n') {
          number++;
        }
      }
    }
    return new IOException(path + ", line " + number + ", is no message of this chat.");
  }

  @Override
  public void close() {
    try {
      file.close();
    } catch (IOException e) {
      // nothing is lost: every line was written when it was added
    }
  }
}
