package chat;

import java.io.IOException;
import java.util.Collection;
import org.java_websocket.WebSocket;

/** The room's way to the browsers: turns frames into calls of the room, and events into frames. */
final class ChatServer extends SocketServer {

  private final Room<WebSocket> room;

  ChatServer(Host host, int port, Collection<String> origins) throws IOException {
    super(host, port, origins);
    room = new Room<>((event, members) -> broadcast(event.toJson(), members));
  }

  /** The first message of a browser is its user's name, every later one what that user says. */
  @Override
  void heard(WebSocket browser, String text) {
    if (browser.getAttachment() == null) {
      browser.setAttachment(text);
      room.join(browser, text).ifPresent(refusal -> refuse(browser, refusal));
    } else {
      room.say(browser, text);
    }
  }

  /** Outside the room, with a close code for applications (RFC 6455, 7.4.2). */
  private static void refuse(WebSocket browser, Room.Refusal refusal) {
    switch (refusal) {
      case BAD_NAME -> browser.close(4001, refusal.reason);
      case NAME_TAKEN -> browser.close(4002, refusal.reason);
    }
  }

  @Override
  void gone(WebSocket browser) {
    room.leave(browser);
  }
}
