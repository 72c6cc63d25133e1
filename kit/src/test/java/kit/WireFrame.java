package kit;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;

/**
 * The bytes of a frame, or the first ones of it, and what they mean (RFC 6455, 5.2): one byte with
 * the kind, one with the length, perhaps 2 or 8 with a longer length, perhaps 4 with the mask; then
 * the payload.
 */
record WireFrame(byte[] bytes) {

  static final WireFrame EMPTY = new WireFrame(new byte[0]);

  private static final HexFormat HEX = HexFormat.ofDelimiter(" ");
  private static final Map<Integer, String> NAMES =
      Map.of(0, "continuation", 1, "text", 2, "binary", 8, "close", 9, "ping", 10, "pong");

  WireFrame with(byte[] more) {
    return new WireFrame(Drawing.joined(bytes, more));
  }

  /** How many bytes are still to come, as far as one can see; below 0: so many are too many. */
  long missing() {
    int start = start();
    return bytes.length < start ? start - bytes.length : length() - (bytes.length - start);
  }

  int opcode() {
    return bytes[0] & 0x0f;
  }

  private boolean isMasked() {
    return bytes[1] < 0; // the highest bit
  }

  /** Where the payload starts. */
  private int start() {
    if (bytes.length < 2) {
      return 2;
    }
    int length = bytes[1] & 0x7f;
    return 2 + (length == 126 ? 2 : length == 127 ? 8 : 0) + (isMasked() ? 4 : 0);
  }

  private long length() {
    return switch (bytes[1] & 0x7f) {
      case 126 -> ByteBuffer.wrap(bytes).getShort(2) & 0xffff;
      case 127 -> ByteBuffer.wrap(bytes).getLong(2) & Long.MAX_VALUE;
      default -> bytes[1] & 0x7f;
    };
  }

  /** What is there of it, unmasked. */
  byte[] payload() {
    int start = start();
    int size = (int) Math.min(length(), bytes.length - start);
    byte[] payload = Arrays.copyOfRange(bytes, start, start + size);
    for (int i = 0; isMasked() && i < size; i++) {
      payload[i] ^= bytes[start - 4 + i % 4];
    }
    return payload;
  }

  String meaning() {
    if (bytes.length < start()) {
      return "a header, not whole yet";
    }
    byte[] payload = payload();
    int code = opcode() == RawClient.CLOSE && payload.length > 1 ? 2 : 0; // bytes of it
    String text = new String(payload, code, payload.length - code, StandardCharsets.UTF_8);
    StringBuilder meaning = new StringBuilder(NAMES.getOrDefault(opcode(), "opcode " + opcode()));
    if (code > 0) {
      meaning.append(' ').append(ByteBuffer.wrap(payload).getShort() & 0xffff);
    } else {
      meaning.append(", ").append(length()).append(length() == 1 ? " byte" : " bytes");
    }
    meaning.append((bytes[0] & 0x70) == 0 ? "" : ", reserved bits");
    meaning.append(bytes[0] < 0 ? "" : ", to be continued");
    meaning.append(isMasked() ? ", masked" : "");
    meaning.append(missing() > 0 ? ", not whole yet" : "");
    if (!text.isEmpty() && opcode() != RawClient.BINARY) {
      // A terminal would obey some of the invisible characters.
      meaning.append(": ").append(shortened(text.replaceAll("[\\p{Cc}\\p{Cf}]", "?"), 500));
    }
    return meaning.append(missing() < 0 ? "; and " + -missing() + " bytes more" : "").toString();
  }

  static String hex(byte[] bytes) {
    return shortened(HEX.formatHex(bytes), 3 * 32);
  }

  private static String shortened(String text, int most) {
    return text.length() < most ? text : text.substring(0, most) + "...";
  }
}
