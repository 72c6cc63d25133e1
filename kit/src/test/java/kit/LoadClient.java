package kit;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/** A connection that sends texts and only counts what it receives: for as little work as we can. */
final class LoadClient {

  private final SocketChannel channel;
  private final ByteBuffer bytes = ByteBuffer.allocateDirect(256 * 1024);
  private final boolean isJson;
  private boolean isWelcome;
  private long said; // frames of messages that have begun
  private long skip; // bytes of the last frame that are still to come

  /** Connects; from step 2 on it comes in under this name. Reads when this selector says so. */
  LoadClient(Subject chat, int step, String name, Selector selector) throws IOException {
    isJson = step > 1;
    isWelcome = step == 1;
    int port = chat.socket().getPort();
    channel = SocketChannel.open(new InetSocketAddress(chat.socket().getHost(), port));
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    String request =
        "GET / HTTP/1.1\r\nHost: localhost:%d\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: %s\r\nSec-WebSocket-Version: 13\r\n\r\n"
            .formatted(port, RawClient.KEY);
    channel.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII)));
    readHandshake();
    if (isJson) {
      send(name);
    }
    channel.configureBlocking(false);
    channel.register(selector, SelectionKey.OP_READ, this);
  }

  private void readHandshake() throws IOException {
    StringBuilder head = new StringBuilder();
    ByteBuffer one = ByteBuffer.allocate(1);
    while (!head.toString().endsWith("\r\n\r\n")) {
      if (channel.read(one.clear()) < 0) {
        throw new IOException("The chat ended a handshake.");
      }
      head.append((char) one.get(0));
    }
  }

  void send(String text) throws IOException {
    ByteBuffer frame = ByteBuffer.wrap(RawClient.frame(RawClient.TEXT, text));
    while (frame.hasRemaining()) {
      channel.write(frame); // a few hundred bytes: the socket has room for them
    }
  }

  /** Reads what has come. */
  void read() throws IOException {
    if (channel.read(bytes) < 0) {
      throw new IOException("The chat closed a connection.");
    }
    bytes.flip();
    while (true) {
      int passed = (int) Math.min(skip, bytes.remaining());
      bytes.position(bytes.position() + passed);
      skip -= passed;
      if (skip > 0 || !beginFrame()) {
        break;
      }
    }
    bytes.compact();
  }

  /** Reads the header of a frame (RFC 6455, 5.2), if all of it is there. */
  private boolean beginFrame() {
    if (bytes.remaining() < 24) { // a shorter frame can only be a ping, and that can wait
      return false;
    }
    boolean isText = (bytes.get() & 0x0f) == RawClient.TEXT;
    int length = bytes.get();
    if (length == 126) {
      length = bytes.getShort() & 0xffff;
    } else if (length == 127) {
      length = (int) bytes.getLong();
    }
    skip = length;
    if (isText && isJson) { // {"type":"said", and from step 6 on something else each second
      isWelcome |= bytes.get(bytes.position() + 9) == 'w';
      said += bytes.get(bytes.position() + 9) == 's' ? 1 : 0;
    } else if (isText) {
      said++;
    }
    return true;
  }

  boolean isWelcome() {
    return isWelcome;
  }

  /** How many messages it has received. */
  long said() {
    return said;
  }

  void close() throws IOException {
    channel.close();
  }
}
