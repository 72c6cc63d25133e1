package chat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.java_websocket.WebSocket;
import org.java_websocket.framing.CloseFrame;
import org.java_websocket.framing.Framedata;
import org.java_websocket.framing.PingFrame;
import plumbing.Endpoint;
import plumbing.SafeWebSocketServer;

/** Turns messages into calls of the room, and the room's events into messages. */
final class ChatServer extends SafeWebSocketServer {

  private final Meter<WebSocket> meter = new Meter<>(System::nanoTime);
  private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
  private final Room<WebSocket> room;

  ChatServer(Endpoint endpoint, History history) {
    super(endpoint);
    Videos<WebSocket> videos = new Videos<>(this::give);
    room =
        new Room<>(history, videos, meter, (event, members) -> broadcast(event.toJson(), members));
  }

  @Override
  public void start() {
    super.start();
    clock.scheduleWithFixedDelay(this::measure, 1, 1, TimeUnit.SECONDS);
  }

  /** Tells what was measured, and pings everybody: a pong carries what its ping carried. */
  private void measure() {
    try {
      room.measure();
      PingFrame ping = new PingFrame();
      ping.setPayload(ByteBuffer.allocate(Long.BYTES).putLong(0, meter.ping()));
      getConnections().forEach(browser -> browser.sendFrame(ping));
    } catch (RuntimeException e) {
      onError(null, e); // without this, the clock would stop silently
    }
  }

  /** A client may send a pong with any payload, also unasked (RFC 6455, 5.5.3). */
  @Override
  public void onWebsocketPong(WebSocket browser, Framedata pong) {
    if (pong.getPayloadData().remaining() == Long.BYTES) {
      meter.pong(browser, pong.getPayloadData().getLong());
    }
  }

  /** The first message of a browser is its user's name; every later one is what that user says. */
  @Override
  public void onMessage(WebSocket browser, String text) {
    meter.received(text.getBytes(StandardCharsets.UTF_8).length);
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

  /** A binary message begins with its kind; an empty one takes a picture back. */
  @Override
  public void onMessage(WebSocket browser, ByteBuffer bytes) {
    meter.received(bytes.remaining());
    if (!bytes.hasRemaining()) {
      room.cancelPicture(browser);
      return;
    }
    Optional<Kind> kind = Kind.of(bytes.get());
    byte[] content = new byte[bytes.remaining()];
    bytes.get(content);
    if (kind.isEmpty()) {
      browser.close(CloseFrame.REFUSE, "A binary message begins with its kind.");
      return;
    }
    switch (kind.get()) {
      case PICTURE_PART -> room.addPart(browser, content);
      case PICTURE_END -> room.showPicture(browser, new String(content, StandardCharsets.UTF_8));
      case SNAPSHOT -> showSnapshot(browser, content);
      case SNAPSHOT_DRAWN -> room.snapshotDrawn(browser);
    }
  }

  /** The page answers when it has drawn the snapshot; that answer is free. */
  private void give(Snapshot snapshot, WebSocket viewer) {
    viewer.send(snapshot.toBytes());
    allowOneMore(viewer);
  }

  /** An empty snapshot ends the video. */
  private void showSnapshot(WebSocket browser, byte[] jpeg) {
    if (jpeg.length == 0) {
      room.endVideo(browser);
    } else {
      room.showSnapshot(browser, jpeg);
    }
  }

  @Override
  public void onClose(WebSocket browser, int code, String reason, boolean byBrowser) {
    room.leave(browser);
  }

  @Override
  public void stop(int timeout, String reason) throws InterruptedException {
    clock.shutdown();
    super.stop(timeout, reason);
  }
}
