package chat;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
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

/**
 * Java-WebSocket made fit for a classroom, so that a chat says only what it does with what it
 * hears: one order for all, limits, no foreign pages, nobody waits for a slow reader, a clean end.
 */
abstract class SocketServer extends WebSocketServer {

  static final int MAX_MESSAGE = 16 * 1024; // bytes; more closes the connection with 1009
  private static final int LOST_AFTER = 15; // seconds between pings (RFC 6455, 5.5.2)
  private static final int TICK = 20; // milliseconds

  private static final Logger LOG = Logger.getLogger(SocketServer.class.getName());

  /** A broken frame costs its sender, not our console. Held: the JDK forgets unheld loggers. */
  private static final List<Logger> NOISE =
      List.of(
          Logger.getLogger(WebSocketImpl.class.getName()),
          Logger.getLogger(Draft_6455.class.getName()));

  private final Set<String> origins;
  private final Draft frames = new Draft_6455();
  private final Set<Connection> unsettled = ConcurrentHashMap.newKeySet();
  private final ScheduledExecutorService ticker =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread thread = new Thread(work, "tick");
            thread.setDaemon(true);
            return thread;
          });

  /**
   * @param port 0 picks a free one
   * @param origins the pages that may connect, each as a browser says it (RFC 6454, 6.2)
   */
  SocketServer(Host host, int port, Collection<String> origins) throws IOException {
    super(bind(host, port));
    decoders = decoders.subList(0, 1); // one thread that decodes, so one order for everybody
    this.origins = Set.copyOf(origins);
    NOISE.forEach(logger -> logger.setLevel(Level.OFF));
    setReuseAddr(true); // as in bind: the library sets it again
    setConnectionLostTimeout(LOST_AFTER); // who vanishes is closed 15 to 30 seconds later
  }

  private static ServerSocketChannel bind(Host host, int port) throws IOException {
    ServerSocketChannel channel = ServerSocketChannel.open();
    // Else a restart may fail for a minute: the address is still in use.
    channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
    host.listen(port, channel::bind);
    return channel;
  }

  /**
   * Accepts a connection here: in the library, one that cannot be accepted closes the door for
   * ever. The exception is the one after which it goes on without accepting anything itself.
   */
  @Override
  protected final boolean onConnect(SelectionKey door) {
    door.selector().selectedKeys().remove(door);
    try {
      accept(door);
    } catch (IOException e) { // reset already; or too many are open, until some of them have gone
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(TICK));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new CancelledKeyException();
  }

  private void accept(SelectionKey door) throws IOException, InterruptedException {
    SocketChannel channel = ((ServerSocketChannel) door.channel()).accept();
    if (channel != null) {
      try {
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true); // else a frame may wait 40 ms
        Connection connection = new Connection(this);
        connection.setSelectionKey(
            channel.register(door.selector(), SelectionKey.OP_READ, connection));
        connection.setChannel(channel);
        allocateBuffers(connection);
      } catch (IOException e) {
        channel.close();
        throw e;
      }
    }
  }

  /** A text message from this browser. One at a time: nothing else is decoded meanwhile. */
  abstract void heard(WebSocket browser, String text);

  /** A binary message from this browser; a chat that takes text only need not say so. */
  void heard(WebSocket browser, ByteBuffer bytes) {
    browser.close(CloseFrame.REFUSE, "This chat takes text only.");
  }

  /** This browser's connection has ended. May come twice, and for one that said nothing. */
  void gone(WebSocket browser) {}

  /** Encodes the text once for all of them. It never waits, so a room may call it. */
  @Override
  public final void broadcast(String text, Collection<WebSocket> browsers) {
    ByteBuffer frame = frames.createBinaryFrame(frames.createFrames(text, false).get(0));
    List<WebSocket> now;
    synchronized (browsers) {
      now = new ArrayList<>(browsers);
    }
    now.forEach(browser -> ((Connection) browser).write(frame.duplicate()));
  }

  /** Starts to answer. */
  void open() {
    ticker.scheduleWithFixedDelay(this::tick, TICK, TICK, TimeUnit.MILLISECONDS);
    start();
  }

  /** Tells every browser that the server goes away (close code 1001), and stops. */
  void close() {
    // Said here, not by stop: it may give up before the last browser has been told.
    getConnections().forEach(browser -> browser.close(CloseFrame.GOING_AWAY, "The chat stopped."));
    try {
      stop(1000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    ticker.shutdown();
  }

  /** Looks after this connection from the next tick on, until there is nothing more to do. */
  void lookAfter(Connection connection) {
    unsettled.add(connection);
  }

  /** Holds no lock, so it may close connections: that calls {@link #gone}, which locks a room. */
  private void tick() {
    for (Connection connection : List.copyOf(unsettled)) { // what is put back is for the next tick
      unsettled.remove(connection); // first, so that whoever asks for it from now on is not lost
      try {
        if (!connection.isSettled()) {
          unsettled.add(connection);
        }
      } catch (RuntimeException e) {
        LOG.log(Level.WARNING, "A connection could not be looked after.", e);
      }
    }
  }

  /** A page from elsewhere may not connect (RFC 6455, 10.2): its browser is told 404. */
  @Override
  public final ServerHandshakeBuilder onWebsocketHandshakeReceivedAsServer(
      WebSocket browser, Draft draft, ClientHandshake request) throws InvalidDataException {
    if (request.hasFieldValue("Origin") && !origins.contains(request.getFieldValue("Origin"))) {
      throw new InvalidDataException(CloseFrame.POLICY_VALIDATION, "foreign origin");
    }
    return super.onWebsocketHandshakeReceivedAsServer(browser, draft, request);
  }

  @Override
  public final void onMessage(WebSocket browser, String text) {
    if (browser.isOpen()) { // what stands behind a close frame is not heard (RFC 6455, 5.5.1)
      heard(browser, text);
      goneIfGhost(browser);
    }
  }

  @Override
  public final void onMessage(WebSocket browser, ByteBuffer bytes) {
    if (browser.isOpen()) {
      heard(browser, bytes);
      goneIfGhost(browser);
    }
  }

  /** A connection that ended while it was heard: onClose came before there was anything to end. */
  private void goneIfGhost(WebSocket browser) {
    if (((Connection) browser).isGhost()) {
      gone(browser);
    }
  }

  @Override
  public final void onOpen(WebSocket browser, ClientHandshake request) {
    if (((Connection) browser).isGhost()) { // it ended before it was added: nobody removes it
      browser.closeConnection(CloseFrame.ABNORMAL_CLOSE, "gone");
      removeConnection(browser);
    }
  }

  @Override
  public final void onClose(WebSocket browser, int code, String reason, boolean byBrowser) {
    gone(browser);
  }

  /** A mistake in our own code is logged; that a client broke the rules is not. */
  @Override
  public final void onError(WebSocket browser, Exception error) {
    if (error instanceof RuntimeException) {
      LOG.log(Level.WARNING, "A message could not be handled.", error);
    }
  }

  @Override
  public final void onStart() {}
}
