package chat;

import java.io.IOException;
import java.util.List;
import plumbing.Host;
import plumbing.PageServer;

/** The page and the WebSocket server, started and stopped together. */
final class Chat implements AutoCloseable {

  private static final List<String> FILES =
      List.of("index.html", "chat.js", "chat.css", "icon.svg");

  private final PageServer page;
  private final ChatServer server;
  private final History history;
  private boolean closed;

  /** Binds both; the WebSocket server takes the port behind the page's. Port 0 picks free ones. */
  Chat(Host host, int port, History history) throws IOException {
    this.history = history;
    page = new PageServer(host, port, FILES);
    server = new ChatServer(host.endpoint(port == 0 ? 0 : port + 1, page.origins()), history);
  }

  /** Starts both, unless the chat has been closed already: Ctrl-C may come at any time. */
  synchronized void start() throws IOException {
    if (!closed) {
      server.start();
      page.start(server.getPort());
    }
  }

  /** Where users open the page, as the beginning of a sentence. */
  String invitation() {
    return page.invitation();
  }

  @Override
  public synchronized void close() {
    closed = true;
    page.stop();
    try {
      server.stop(1000); // milliseconds
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    history.close();
  }
}
