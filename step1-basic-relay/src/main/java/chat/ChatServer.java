package chat;

import java.io.IOException;
import java.util.Collection;
import org.java_websocket.WebSocket;

/** Passes each message on to all, the sender too; in the article's figure 3, to all others. */
final class ChatServer extends SocketServer {

  ChatServer(Host host, int port, Collection<String> origins) throws IOException {
    super(host, port, origins);
  }

  @Override
  void heard(WebSocket browser, String text) {
    if (!text.isBlank()) {
      broadcast(text);
    }
  }
}
