package chat;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** A client that may send any bytes, wrong ones too; every read gives up at last. */
final class RawClient implements AutoCloseable {

  /** The key of RFC 6455, section 1.3. */
  static final String KEY = "dGhlIHNhbXBsZSBub25jZQ==";

  private final Socket socket;
  private final DataInputStream in;

  RawClient(int port) throws IOException {
    this(InetAddress.getLoopbackAddress().getHostAddress(), port);
  }

  RawClient(String host, int port) throws IOException {
    socket = new Socket(host, port);
    socket.setSoTimeout(Waiting.PATIENCE * 1000);
    in = new DataInputStream(socket.getInputStream());
  }

  /** Sends the opening handshake with these header lines added, and returns the whole answer. */
  String handshake(String... moreHeaders) throws IOException {
    send(
        "GET /chat HTTP/1.1\r\n"
            + "Host: localhost:"
            + socket.getPort()
            + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + "Sec-WebSocket-Key: "
            + KEY
            + "\r\nSec-WebSocket-Version: 13\r\n"
            + String.join("", java.util.Arrays.stream(moreHeaders).map(h -> h + "\r\n").toList())
            + "\r\n");
    return head();
  }

  /** The answer up to its empty line. */
  String head() throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
      head.write(in.readByte());
    }
    return head.toString(StandardCharsets.ISO_8859_1);
  }

  void send(String ascii) throws IOException {
    send(ascii.getBytes(StandardCharsets.ISO_8859_1));
  }

  void send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
  }

  /** A final frame, masked with zeros (RFC 6455, section 5.2): 1 is text, 8 is close. */
  static byte[] frame(int opcode, byte[] payload) {
    ByteBuffer frame = ByteBuffer.allocate(payload.length + 14).put((byte) (0x80 | opcode));
    if (payload.length < 126) {
      frame.put((byte) (0x80 | payload.length));
    } else if (payload.length < 65_536) {
      frame.put((byte) (0x80 | 126)).putShort((short) payload.length);
    } else {
      frame.put((byte) (0x80 | 127)).putLong(payload.length);
    }
    byte[] bytes = new byte[frame.putInt(0).put(payload).flip().remaining()];
    frame.get(bytes);
    return bytes;
  }

  /** The payload of the next frame from the server, whatever its opcode. */
  byte[] readFrame() throws IOException {
    in.readByte();
    int length = in.readByte(); // a server does not mask, so the high bit is 0
    byte[] payload =
        new byte
            [length == 127 ? (int) in.readLong() : length == 126 ? in.readUnsignedShort() : length];
    in.readFully(payload);
    return payload;
  }

  /** The close code that the server sends, past all other frames (RFC 6455, section 5.5.1). */
  int readCloseCode() throws IOException {
    try {
      while ((in.readByte() & 0x0f) != 8) {
        int length = in.readByte();
        in.skipNBytes(
            length == 127 ? in.readLong() : length == 126 ? in.readUnsignedShort() : length);
      }
      in.readByte();
      return in.readUnsignedShort();
    } catch (SocketTimeoutException e) {
      throw new IOException("Waited in vain for a close frame.", e);
    }
  }

  /** Reads nothing but the end: true when the other side has cut the connection. */
  boolean isCut() throws IOException {
    try {
      in.skipNBytes(Long.MAX_VALUE);
      return false;
    } catch (EOFException | SocketException e) {
      return true;
    }
  }

  /** Vanishes with a TCP reset instead of a farewell. */
  void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
