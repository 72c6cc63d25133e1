package chat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** One picture of somebody's video, a JPEG. It stands alone: no other is needed to draw it. */
record Snapshot(String name, byte[] jpeg) {

  /**
   * As a message: its kind, 2, then the length of the name in bytes, the name in UTF-8, the
   * picture.
   */
  ByteBuffer toBytes() {
    byte[] from = name.getBytes(StandardCharsets.UTF_8);
    ByteBuffer bytes = ByteBuffer.allocate(2 + from.length + jpeg.length);
    return bytes.put((byte) 2).put((byte) from.length).put(from).put(jpeg).flip();
  }
}
