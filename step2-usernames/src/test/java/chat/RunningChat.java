package chat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;

/** A chat on free ports of this machine, for one test. */
final class RunningChat implements AutoCloseable {

  final ChatServer server;
  private final PageServer page;
  private final String address;

  RunningChat() throws IOException {
    this(0);
  }

  /** The same page address again, as after a restart. */
  RunningChat(int pagePort) throws IOException {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    page = new PageServer(new InetSocketAddress(loopback, pagePort));
    address = page.origins().get(0);
    server = new ChatServer(new InetSocketAddress(loopback, 0), page.origins());
    server.open();
    page.open(server.getPort());
  }

  /** The page's address, which is also its origin: {@code http://localhost:41234}. */
  String address() {
    return address;
  }

  int pagePort() {
    return URI.create(address).getPort();
  }

  int port() {
    return server.getPort();
  }

  URI webSocket() {
    return URI.create("ws://127.0.0.1:" + port() + "/");
  }

  @Override
  public void close() {
    page.close();
    server.close();
  }
}
