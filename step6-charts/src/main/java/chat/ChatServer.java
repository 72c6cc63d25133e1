package chat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.java_websocket.WebSocket;
import org.java_websocket.framing.CloseFrame;
import org.java_websocket.framing.Framedata;
import org.java_websocket.framing.PingFrame;

/** The room's way to the browsers: turns frames into calls of the room, and events into frames. */
final class ChatServer extends SocketServer {

  private final Meter<WebSocket> meter = new Meter<>(System::nanoTime);
  private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
  private final Room<WebSocket> room;

  ChatServer(Host host, int port, Collection<String> origins, History history, Pictures pictures)
      throws IOException {
    super(host, port, origins);
    room =
        new Room<>(
            history,
            pictures,
            meter,
            (event, members) -> broadcast(event.toJson(), members),
            (snapshot, viewer) -> viewer.send(snapshot.toBytes()));
  }

  @Override
  void open() {
    super.open();
    clock.scheduleWithFixedDelay(this::measure, 1, 1, TimeUnit.SECONDS);
  }

  /** Tells what was measured, and asks again: a pong brings back what its ping carries. */
  private void measure() {
    try {
      room.measure();
      PingFrame ping = new PingFrame();
      ping.setPayload(ByteBuffer.allocate(Long.BYTES).putLong(0, meter.ping()));
      getConnections().forEach(browser -> browser.sendFrame(ping));
    } catch (RuntimeException e) {
      onError(null, e); // and the next second is measured all the same
    }
  }

  /** Anybody may send a pong with anything in it (RFC 6455, 5.5.3). */
  @Override
  public void onWebsocketPong(WebSocket browser, Framedata pong) {
    if (pong.getPayloadData().remaining() == Long.BYTES) {
      meter.pong(browser, pong.getPayloadData().getLong());
    }
  }

  /** The first message of a browser is its user's name, every later one what that user says. */
  @Override
  void heard(WebSocket browser, String text) {
    meter.heard(text.getBytes(StandardCharsets.UTF_8).length);
    if (browser.getAttachment() == null) {
      browser.setAttachment(text);
      room.join(browser, text).ifPresent(refusal -> refuse(browser, refusal));
    } else {
      try {
        room.say(browser, text);
      } catch (IOException e) {
        browser.close(CloseFrame.UNEXPECTED_CONDITION, "Your message could not be saved.");
      }
    }
  }

  /**
   * A picture: 0 and a part of it, then 1 and the words; an empty message takes it back. A video: 2
   * and a live picture, at its end 2 alone; and 3 from a viewer that has drawn one.
   */
  @Override
  void heard(WebSocket browser, ByteBuffer bytes) {
    meter.heard(bytes.remaining());
    if (!bytes.hasRemaining()) {
      room.refuse(browser, "You took the picture back.");
      return;
    }
    int kind = bytes.get();
    byte[] content = new byte[bytes.remaining()];
    bytes.get(content);
    switch (kind) {
      case 0 -> room.take(browser, content);
      case 1 -> room.show(browser, new String(content, StandardCharsets.UTF_8));
      case 2 -> room.film(browser, content);
      case 3 -> room.drawn(browser);
      default -> browser.close(CloseFrame.REFUSE, "A binary message begins with 0, 1, 2 or 3.");
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

  @Override
  void close() {
    clock.shutdown();
    super.close();
  }
}
