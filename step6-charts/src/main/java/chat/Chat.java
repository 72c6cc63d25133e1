package chat;

import java.io.IOException;

/** The page and the relay, each told where the other is. */
final class Chat implements AutoCloseable {

  final ChatServer server;
  private final PageServer page;
  private final Host host;
  private final History history;
  private final Pictures pictures;
  private boolean closed;

  /** Binds both; the relay takes the port behind the page's. Port 0 picks two free ones. */
  Chat(Host host, int port, History history, Pictures pictures) throws IOException {
    this.host = host;
    this.history = history;
    this.pictures = pictures;
    page = new PageServer(host, port, pictures);
    int chatPort = port == 0 ? 0 : port + 1;
    server = new ChatServer(host, chatPort, host.origins(page.port()), history, pictures);
  }

  /** Starts both, unless it has been closed already: Ctrl-C may come at any time. */
  synchronized void open() throws IOException {
    if (!closed) {
      server.open();
      page.open(server.getPort());
    }
  }

  /** Where to open the page, as a sentence begins. */
  String invitation() {
    return host.invitation(page.port());
  }

  @Override
  public synchronized void close() {
    closed = true;
    page.close();
    server.close();
    history.close();
    pictures.close();
  }
}
