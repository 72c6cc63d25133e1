package kit;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/** A client that may send any bytes, wrong ones too; every read gives up at last. */
public final class RawClient implements Closeable {

  /** The key of RFC 6455, section 1.3. */
  static final String KEY = "dGhlIHNhbXBsZSBub25jZQ==";

  public static final int CONTINUATION = 0;
  public static final int TEXT = 1;
  public static final int BINARY = 2;
  public static final int CLOSE = 8;
  public static final int PING = 9;
  public static final int PONG = 10;

  /** The head of an HTTP answer; names of headers in lower case. */
  public record Answer(int status, Map<String, String> headers) {}

  /** A frame from the server (RFC 6455, 5.2). */
  public record Frame(boolean isFinal, int opcode, byte[] payload) {

    String text() {
      return new String(payload, StandardCharsets.UTF_8);
    }

    /** From step 2 on: the event that it tells; an empty one when it tells none. */
    JsonNode event() {
      try {
        return opcode == TEXT ? JsonMapper.shared().readTree(payload) : MissingNode.getInstance();
      } catch (JacksonException e) {
        return MissingNode.getInstance();
      }
    }

    boolean isOf(String type) {
      return event().path("type").asString("").equals(type);
    }

    /** Of a close frame; 1005 when it has none. */
    int closeCode() {
      return payload.length < 2 ? 1005 : ByteBuffer.wrap(payload).getShort() & 0xffff;
    }
  }

  private final URI server;
  private final Socket socket;
  private final DataInputStream in;
  private long sent; // bytes

  public RawClient(URI server) throws IOException {
    this(server, new Socket());
  }

  private RawClient(URI server, Socket socket) throws IOException {
    this.server = server;
    this.socket = socket;
    int port = server.getPort() == -1 ? 80 : server.getPort();
    socket.connect(new InetSocketAddress(server.getHost(), port));
    socket.setTcpNoDelay(true);
    socket.setSoTimeout((int) Waiting.patience().toMillis());
    in = new DataInputStream(socket.getInputStream());
  }

  /** A connection that is open, and from step 2 on in the chat under this name. */
  public static RawClient join(String name, URI server) throws IOException {
    return new RawClient(server).enter(name);
  }

  /** The same, but the system takes only a little for it that it does not read. */
  static RawClient slow(String name, URI server) throws IOException {
    Socket socket = new Socket();
    socket.setReceiveBufferSize(4096);
    return new RawClient(server, socket).enter(name);
  }

  private RawClient enter(String name) throws IOException {
    int status = handshake().status();
    if (status != 101) {
      throw new IOException("The handshake is answered with " + status + ", not with 101.");
    }
    if (Subject.STEP > 1) {
      send(frame(TEXT, name.getBytes(StandardCharsets.UTF_8)));
      read();
    }
    return this;
  }

  /** What its request asks for: the path of the chat, and the query if there is one. */
  String target() {
    String path = server.getRawPath().isEmpty() ? "/" : server.getRawPath();
    return server.getRawQuery() == null ? path : path + "?" + server.getRawQuery();
  }

  /** Sends the opening handshake with these header lines added. */
  public Answer handshake(String... moreHeaders) throws IOException {
    StringBuilder request = new StringBuilder("GET ").append(target());
    request.append(" HTTP/1.1\r\nHost: ").append(server.getRawAuthority());
    request.append("\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: ");
    request.append(KEY).append("\r\nSec-WebSocket-Version: 13\r\n");
    for (String header : moreHeaders) {
      request.append(header).append("\r\n");
    }
    send(request.append("\r\n").toString());
    return answer();
  }

  /** The answer up to its empty line. */
  public Answer answer() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    while (!bytes.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
      bytes.write(in.readByte());
    }
    String[] lines = bytes.toString(StandardCharsets.ISO_8859_1).split("\r\n");
    Map<String, String> headers = new TreeMap<>();
    for (int i = 1; i < lines.length; i++) {
      String[] parts = lines[i].split(":", 2);
      headers.merge(
          parts[0].toLowerCase(Locale.ROOT), parts[1].strip(), (one, two) -> one + ", " + two);
    }
    return new Answer(Integer.parseInt(lines[0].split(" ")[1]), headers);
  }

  public void send(String ascii) throws IOException {
    send(ascii.getBytes(StandardCharsets.ISO_8859_1));
  }

  public void send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    sent += bytes.length;
  }

  /** A whole message in one frame, masked with zeros (RFC 6455, 5.2). */
  public static byte[] frame(int opcode, byte[] payload) {
    return frame(0x80 | opcode, payload.length, payload);
  }

  public static byte[] frame(int opcode, String payload) {
    return frame(opcode, payload.getBytes(StandardCharsets.UTF_8));
  }

  /** A frame that is not the last of its message. */
  static byte[] fragment(int opcode, byte[] payload) {
    return frame(opcode, payload.length, payload);
  }

  /** Any first byte, and any length, whatever comes behind it. */
  public static byte[] frame(int firstByte, long length, byte[] payload) {
    ByteBuffer frame = ByteBuffer.allocate(payload.length + 14).put((byte) firstByte);
    if (length < 126) {
      frame.put((byte) (0x80 | length));
    } else if (length < 65_536) {
      frame.put((byte) (0x80 | 126)).putShort((short) length);
    } else {
      frame.put((byte) (0x80 | 127)).putLong(length);
    }
    byte[] bytes = new byte[frame.putInt(0).put(payload).flip().remaining()];
    frame.get(bytes);
    return bytes;
  }

  /** The next frame, past what a server sends by itself: pings, and what it has measured. */
  public Frame read() throws IOException {
    Frame frame = next();
    while (frame.opcode() == PING || frame.isOf("measured")) {
      frame = next();
    }
    return frame;
  }

  /** The next frame, whatever it is. */
  Frame next() throws IOException {
    try {
      int first = in.readUnsignedByte();
      int length = in.readUnsignedByte();
      if (length > 127) {
        throw new AssertionError("The server masks a frame, which RFC 6455, 5.1 forbids.");
      }
      byte[] payload =
          new byte
              [length == 127
                  ? (int) in.readLong()
                  : length == 126 ? in.readUnsignedShort() : length];
      in.readFully(payload);
      return new Frame((first & 0x80) != 0, first & 0x0f, payload);
    } catch (SocketTimeoutException e) {
      throw new AssertionError(
          "The server has sent no frame for %d seconds, after %d bytes of this client."
              .formatted(socket.getSoTimeout() / 1000, sent),
          e);
    }
  }

  /** The next frame that has this opcode, past all others. */
  Frame read(int opcode) throws IOException {
    Frame frame = read();
    while (frame.opcode() != opcode) {
      frame = read();
    }
    return frame;
  }

  /** The close code that the server sends, past all other frames (RFC 6455, 5.5.1). */
  public int readCloseCode() throws IOException {
    try {
      return read(CLOSE).closeCode();
    } catch (EOFException | SocketException e) {
      throw new AssertionError("The connection ended without a close frame.", e);
    }
  }

  /** Reads nothing but the end: true when the other side has cut the connection. */
  public boolean isCut() throws IOException {
    try {
      in.skipNBytes(Long.MAX_VALUE);
      return false;
    } catch (EOFException | SocketException e) {
      return true;
    }
  }

  /** How long a read waits at most, where 15 seconds are too few. */
  RawClient waiting(int seconds) throws IOException {
    socket.setSoTimeout(seconds * 1000);
    return this;
  }

  /** Vanishes with a TCP reset instead of a farewell. */
  public void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
