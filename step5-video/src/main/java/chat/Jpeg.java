package chat;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * A JPEG file and its size in pixels, read without drawing it. The file is a row of segments, each
 * a marker, a length and its bytes; the last one, the scan, has the pixels (ITU-T T.81, B.1).
 */
record Jpeg(int width, int height, byte[] bytes) {

  private static final int BEGIN = 0xffd8;
  private static final int SIZE = 0xffc0; // of a baseline picture
  private static final int SCAN = 0xffda; // thousands of them would take minutes to draw
  private static final int END = 0xffd9;

  /**
   * Takes nothing else than a JPEG of at most {@code maxSide} pixels on each side.
   *
   * @throws BadPicture with a sentence for its sender
   */
  static Jpeg check(byte[] bytes, int maxSide) throws BadPicture {
    Jpeg jpeg = read(bytes).orElseThrow(() -> new BadPicture("This is not a whole baseline JPEG."));
    if (Math.max(jpeg.width, jpeg.height) > maxSide) {
      throw new BadPicture(
          "A picture here has at most %d × %d pixels.".formatted(maxSide, maxSide));
    }
    return jpeg;
  }

  /** Empty, unless these bytes are one whole baseline JPEG with one scan, and nothing else. */
  static Optional<Jpeg> read(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    try {
      Jpeg jpeg = in.getChar() == BEGIN ? readUpToScan(in) : null;
      if (jpeg == null || jpeg.width == 0 || jpeg.height == 0) {
        return Optional.empty();
      }
      int marker = in.getChar();
      while (isInScan(marker)) {
        in.position(in.position() - 1);
        marker = in.getChar();
      }
      return marker == END && !in.hasRemaining() ? Optional.of(jpeg) : Optional.empty();
    } catch (BufferUnderflowException | IllegalArgumentException e) {
      return Optional.empty(); // it ends too early
    }
  }

  /** Whether a JPEG begins like this. */
  static boolean isBegin(byte[] bytes) {
    return bytes.length > 1 && ByteBuffer.wrap(bytes).getChar() == BEGIN;
  }

  private static Jpeg readUpToScan(ByteBuffer in) {
    Jpeg jpeg = null;
    for (int marker = marker(in); marker != SCAN; marker = marker(in)) {
      int end = in.position() + in.getChar(); // the length counts itself
      if (marker == SIZE && jpeg == null) {
        in.get(); // bits of a sample
        int height = in.getChar();
        jpeg = new Jpeg(in.getChar(), height, in.array());
      } else if (!isTableOrRemark(marker)) {
        return null;
      }
      in.position(end);
    }
    return jpeg;
  }

  /** Any number of bytes ff may stand before a marker, to fill up (B.1.1.2). */
  private static int marker(ByteBuffer in) {
    int marker = in.getChar();
    while (marker == 0xffff) {
      in.position(in.position() - 1);
      marker = in.getChar();
    }
    return marker;
  }

  private static boolean isTableOrRemark(int marker) {
    return marker == 0xffc4
        || marker == 0xffdb
        || marker == 0xffdd
        || marker == 0xfffe
        || marker >= 0xffe0 && marker <= 0xffef;
  }

  /** In a scan, ff 00 stands for ff, ff d0 to ff d7 say where to begin anew, ff fills (B.1.1). */
  private static boolean isInScan(int pair) {
    return pair <= 0xff00 || pair >= 0xffd0 && pair <= 0xffd7 || pair == 0xffff;
  }
}
