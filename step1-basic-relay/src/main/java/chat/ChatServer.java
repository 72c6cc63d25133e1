package chat;

import org.java_websocket.WebSocket;
import plumbing.Endpoint;
import plumbing.SafeWebSocketServer;

/** Passes each message on to everybody, the sender too; the article's figure 3, to all others. */
final class ChatServer extends SafeWebSocketServer {

  ChatServer(Endpoint endpoint) {
    super(endpoint);
  }

  @Override
  public void onMessage(WebSocket browser, String text) {
    if (!text.isBlank()) {
      broadcast(text);
    }
  }
}
