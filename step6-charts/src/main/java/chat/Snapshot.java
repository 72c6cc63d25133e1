package chat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** One picture of a member's video. It stands alone: no other one is needed to draw it. */
record Snapshot(String name, byte[] jpeg) {

  private static final int MAX_SIDE = 640; // pixels: snapshots come ten times a second

  /** Takes only a JPEG that every page can draw quickly. */
  static Snapshot of(String name, byte[] jpeg) throws BadPicture {
    return new Snapshot(name, Jpeg.check(jpeg, MAX_SIDE).bytes());
  }

  /** As a message: its kind, the length of the name in bytes, the name in UTF-8, the JPEG. */
  ByteBuffer toBytes() {
    byte[] from = name.getBytes(StandardCharsets.UTF_8);
    ByteBuffer bytes = ByteBuffer.allocate(2 + from.length + jpeg.length);
    bytes.put((byte) Kind.SNAPSHOT.ordinal());
    return bytes.put((byte) from.length).put(from).put(jpeg).flip();
  }
}
