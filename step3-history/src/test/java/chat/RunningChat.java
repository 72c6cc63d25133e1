package chat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;

/** A chat on free ports of this machine, for one test. */
final class RunningChat implements AutoCloseable {

  final ChatServer server;
  private final History history;
  private final PageServer page;
  private final String address;

  /** With an archive in this file that keeps 50 messages for late joiners. */
  RunningChat(Path archive) throws IOException {
    this(0, archive, 50);
  }

  /** The same page address again, as after a restart; size 0 means no archive. */
  RunningChat(int pagePort, Path archive, int size) throws IOException {
    history = new History(archive, size);
    InetAddress loopback = InetAddress.getLoopbackAddress();
    page = new PageServer(new InetSocketAddress(loopback, pagePort));
    address = page.origins().get(0);
    server = new ChatServer(new InetSocketAddress(loopback, 0), page.origins(), history);
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
  public void close() throws IOException {
    page.close();
    server.close();
    history.close();
  }
}
