package chat;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.java_websocket.WebSocket;
import org.java_websocket.WebSocketImpl;
import org.java_websocket.drafts.Draft;
import org.java_websocket.drafts.Draft_6455;
import org.java_websocket.exceptions.InvalidDataException;
import org.java_websocket.framing.CloseFrame;
import org.java_websocket.handshake.ClientHandshake;
import org.java_websocket.handshake.ServerHandshakeBuilder;
import org.java_websocket.server.WebSocketServer;

/** The room's way to the browsers: turns frames into calls of the room, and events into frames. */
final class ChatServer extends WebSocketServer {

  static final int MAX_FRAME = 16 * 1024; // bytes; more closes the connection with 1009
  static final int MAX_QUEUE = 1024 * 1024; // bytes that may wait for one browser

  /** Logs a stack trace for every broken frame. Held here: the JDK forgets unheld loggers. */
  private static final Logger NOISE = Logger.getLogger("org.java_websocket.WebSocketImpl");

  private final Set<String> origins;
  private final Room<WebSocket> room =
      new Room<>((event, members) -> broadcast(event.toJson(), members));
  private final CompletableFuture<Void> started = new CompletableFuture<>();

  ChatServer(InetSocketAddress address, Collection<String> origins) {
    // One decoder thread, so one order: two could tell two browsers the messages in two orders.
    super(address, 1, List.of(new Draft_6455(List.of(), MAX_FRAME)));
    NOISE.setLevel(Level.OFF);
    this.origins = Set.copyOf(origins);
    setReuseAddr(true); // else a restart may fail for a minute: the address is still in use
    setTcpNoDelay(true); // else a frame may wait 40 ms for the next one
  }

  /** Starts, and returns when browsers can connect. */
  void open() {
    start();
    started.join();
    reminder.scheduleWithFixedDelay(this::remind, 20, 20, TimeUnit.MILLISECONDS);
  }

  /** Tells every browser that the server goes away (close code 1001), and stops. */
  void close() {
    reminder.shutdown();
    // Said here, not by stop: it may give up before the last browser has been told.
    getConnections().forEach(browser -> browser.close(CloseFrame.GOING_AWAY, "The chat stopped."));
    try {
      stop(1000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The first message of a browser is its user's name, every later one what that user says. */
  @Override
  public void onMessage(WebSocket browser, String text) {
    if (browser.getAttachment() == null) {
      browser.setAttachment(text);
      room.join(browser, text).ifPresent(no -> browser.close(no.closeCode, no.reason));
      if (isGone(browser)) {
        room.leave(browser); // onClose came before it could find a member
      }
    } else {
      room.say(browser, text);
    }
    getConnections().forEach(ChatServer::cutIfSlow);
  }

  /** Nobody waits for a browser that does not read. Its first frame is on its way: not counted. */
  private static void cutIfSlow(WebSocket browser) {
    var queue = ((WebSocketImpl) browser).outQueue;
    if (queue.stream().skip(1).mapToLong(ByteBuffer::remaining).sum() > MAX_QUEUE) {
      browser.closeConnection(CloseFrame.POLICY_VALIDATION, "reads too slowly");
    }
  }

  /** A page from elsewhere may not connect (RFC 6455, 10.2). Only browsers send an Origin. */
  @Override
  public ServerHandshakeBuilder onWebsocketHandshakeReceivedAsServer(
      WebSocket browser, Draft draft, ClientHandshake request) throws InvalidDataException {
    if (request.hasFieldValue("Origin") && !origins.contains(request.getFieldValue("Origin"))) {
      throw new InvalidDataException(CloseFrame.POLICY_VALIDATION, "foreign origin");
    }
    return super.onWebsocketHandshakeReceivedAsServer(browser, draft, request);
  }

  private final ScheduledExecutorService reminder = Executors.newSingleThreadScheduledExecutor();

  /**
   * What is sent at the moment at which the library has just written all that there was may lie
   * until the next message: it stops to look whether it can write. So it is told to look again.
   */
  private void remind() {
    getConnections().stream()
        .filter(browser -> browser.hasBufferedData() || browser.isClosing())
        .forEach(this::onWriteDemand);
  }

  @Override
  public void onStart() {
    started.complete(null);
  }

  @Override
  public void onError(WebSocket browser, Exception error) {
    started.completeExceptionally(error); // no effect once started; the library logs what matters
  }

  @Override
  public void onOpen(WebSocket browser, ClientHandshake request) {
    if (isGone(browser)) {
      browser.closeConnection(CloseFrame.ABNORMAL_CLOSE, "gone"); // else it would stay for ever
    }
  }

  /** True when the browser vanished while its message was decoded: no other callback tells. */
  private static boolean isGone(WebSocket browser) {
    return !((WebSocketImpl) browser).getSelectionKey().isValid();
  }

  @Override
  public void onClose(WebSocket browser, int code, String reason, boolean byBrowser) {
    room.leave(browser);
  }
}
