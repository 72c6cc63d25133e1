package chat;

import java.io.IOException;
import org.java_websocket.WebSocket;
import org.java_websocket.framing.CloseFrame;
import plumbing.Endpoint;
import plumbing.SafeWebSocketServer;

/** Turns messages into calls of the room, and the room's events into messages. */
final class ChatServer extends SafeWebSocketServer {

  private final Room<WebSocket> room;

  ChatServer(Endpoint endpoint, History history) {
    super(endpoint);
    room = new Room<>(history, (event, members) -> broadcast(event.toJson(), members));
  }

  /** The first message of a browser is its user's name; every later one is what that user says. */
  @Override
  public void onMessage(WebSocket browser, String text) {
    if (browser.getAttachment() == null) {
      browser.setAttachment(text);
      room.join(browser, text).ifPresent(error -> browser.close(error.code, error.reason));
    } else {
      try {
        room.say(browser, text);
      } catch (IOException e) {
        browser.close(CloseFrame.UNEXPECTED_CONDITION, "Your message could not be saved.");
      }
    }
  }

  @Override
  public void onClose(WebSocket browser, int code, String reason, boolean byBrowser) {
    room.leave(browser);
  }
}
