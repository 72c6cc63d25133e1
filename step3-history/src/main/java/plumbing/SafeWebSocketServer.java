package plumbing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
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

/**
 * The library's {@link WebSocketServer}, made safe for a classroom. A subclass overrides the same
 * callbacks; only {@code onMessage(WebSocket, String)} has no default. What this class adds: one
 * order of messages for everybody, limits, no foreign pages, no waiting for a slow reader, and a
 * clean end.
 */
public abstract class SafeWebSocketServer extends WebSocketServer {

  static final int MAX_MESSAGE = 16 * 1024; // bytes; more closes the connection with 1009
  private static final int LOST_AFTER = 15; // seconds between pings (RFC 6455, 5.5.2)
  private static final int TICK = 20; // milliseconds
  private static final int MAX_TOO_MANY = 100; // connections at once that are told "full"

  private static final Logger LOG = Logger.getLogger(SafeWebSocketServer.class.getName());

  /** A broken frame costs its sender, not our console. Held: the JDK forgets unheld loggers. */
  private static final List<Logger> NOISE =
      List.of(
          Logger.getLogger(WebSocketImpl.class.getName()),
          Logger.getLogger(Draft_6455.class.getName()));

  final Round round = new Round();
  private final int burst = Settings.number("burst", 1, 200, 1_000_000); // frames at once
  private final int rate = Settings.number("rate", 0, 100, 1_000_000); // frames per second
  private final int most = Settings.number("connections", 0, 2000, 1_000_000);
  private final int mostPerAddress = Settings.number("connections.address", 0, 300, 1_000_000);
  private final Set<String> origins;
  private final Draft frames = new Draft_6455();
  private final Set<Connection> open = new HashSet<>(); // used by the selector only
  private volatile Thread selector;
  private volatile SelectionKey restingKey; // of the socket that accepts; null: it accepts
  private final Set<Connection> unsettled = ConcurrentHashMap.newKeySet();
  private final ScheduledExecutorService ticker =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread thread = new Thread(work, "tick");
            thread.setDaemon(true);
            return thread;
          });

  /** Listens on the endpoint's channel, once it is started, for the endpoint's pages. */
  protected SafeWebSocketServer(Endpoint endpoint) {
    super(endpoint.channel());
    origins = endpoint.origins();
    decoders = decoders.subList(0, 1); // one thread that decodes, so one order for everybody
    NOISE.forEach(logger -> logger.setLevel(Level.OFF));
  }

  /** Starts to listen, in threads of its own. */
  @Override
  public void start() {
    FatalError.watchAllThreads(getClass());
    setReuseAddr(true); // as in Host.endpoint: the library sets it again
    setConnectionLostTimeout(LOST_AFTER); // a silent client is closed 15 to 30 seconds later
    ticker.scheduleWithFixedDelay(this::tick, TICK, TICK, TimeUnit.MILLISECONDS);
    super.start();
  }

  /** Runs the selector. If it ends although nobody has stopped it, the program ends. */
  @Override
  public final void run() {
    selector = Thread.currentThread();
    try {
      super.run();
    } catch (VirtualMachineError | LinkageError e) {
      FatalError.exit(e);
    }
  }

  /** Tells every browser that the server stops (close code 1001), then stops. */
  @Override
  public void stop(int timeout, String reason) throws InterruptedException {
    if (Thread.currentThread() == selector) {
      // The library does this after a fault of its selector, and then waits for itself, for ever.
      FatalError.exit(new IllegalStateException(reason));
    }
    // The library's own stop sends 1001 too, but may end before the last browser has received it.
    Collection<WebSocket> browsers = getConnections();
    browsers.forEach(browser -> browser.close(CloseFrame.GOING_AWAY, "The chat stopped."));
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeout);
    while (browsers.stream().anyMatch(SafeWebSocketServer::mustWrite) && System.nanoTime() < end) {
      TimeUnit.MILLISECONDS.sleep(5); // the selector does not say when it has written all
    }
    super.stop(timeout, reason);
    ticker.shutdown();
  }

  private static boolean mustWrite(WebSocket browser) {
    return browser.hasBufferedData() && !browser.isClosed();
  }

  /** Encodes the text once for all of them. Never blocks, so it is safe under a room's lock. */
  @Override
  public void broadcast(String text, Collection<WebSocket> browsers) {
    ByteBuffer frame = frames.createBinaryFrame(frames.createFrames(text, false).get(0));
    List<Connection> now = new ArrayList<>(browsers.size());
    synchronized (browsers) {
      browsers.forEach(browser -> now.add((Connection) browser));
    }
    round.broadcast(frame, now);
  }

  @Override
  protected final void queue(WebSocketImpl browser) throws InterruptedException {
    round.readWaits();
    super.queue(browser);
  }

  /** Lets this browser send one more frame than its rate allows: for an answer. Never blocks. */
  protected final void allowOneMore(WebSocket browser) {
    ((Connection) browser).allowOneMore();
  }

  /** Closes with 1003: a chat that takes binary messages overrides this. */
  @Override
  public void onMessage(WebSocket browser, ByteBuffer bytes) {
    browser.close(CloseFrame.REFUSE, "This chat takes text only.");
  }

  @Override
  public void onStart() {}

  @Override
  public void onOpen(WebSocket browser, ClientHandshake handshake) {}

  /** Called when a connection ends; possibly twice. */
  @Override
  public void onClose(WebSocket browser, int code, String reason, boolean byBrowser) {}

  /** Logs a mistake in our own code; a client that breaks the rules is not worth a line. */
  @Override
  public void onError(WebSocket browser, Exception error) {
    if (error instanceof RuntimeException) {
      LOG.log(Level.WARNING, "A message could not be handled.", error);
    }
  }

  /** Refuses pages from elsewhere with 404 (RFC 6455, 10.2). */
  @Override
  public final ServerHandshakeBuilder onWebsocketHandshakeReceivedAsServer(
      WebSocket browser, Draft draft, ClientHandshake request) throws InvalidDataException {
    if (request.hasFieldValue("Origin") && !origins.contains(request.getFieldValue("Origin"))) {
      throw new InvalidDataException(CloseFrame.POLICY_VALIDATION, "foreign origin");
    }
    return super.onWebsocketHandshakeReceivedAsServer(browser, draft, request);
  }

  /**
   * Does not add a connection that is one too many. A connection that ended before it was added
   * would stay for ever, since nobody would remove it.
   */
  @Override
  protected final boolean addConnection(WebSocket browser) {
    if (((Connection) browser).isTooMany()) {
      browser.close(CloseFrame.TRY_AGAIN_LATER, "The chat is full. Try again later.");
      return false;
    }
    boolean added = super.addConnection(browser);
    if (((Connection) browser).isGhost()) {
      browser.closeConnection(CloseFrame.ABNORMAL_CLOSE, "gone");
      removeConnection(browser);
      return false;
    }
    return added;
  }

  /**
   * One failed accept stops the library for ever. So we accept here, then throw the one exception
   * its loop ignores.
   */
  @Override
  protected final boolean onConnect(SelectionKey acceptKey) {
    acceptKey.selector().selectedKeys().remove(acceptKey);
    try {
      accept(acceptKey);
    } catch (IOException e) { // reset already, or no file descriptor is free for the moment
      acceptKey.interestOps(0);
      restingKey = acceptKey; // until the next tick; meanwhile others are read
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new CancelledKeyException();
  }

  private void accept(SelectionKey acceptKey) throws IOException, InterruptedException {
    SocketChannel channel = ((ServerSocketChannel) acceptKey.channel()).accept();
    if (channel != null) {
      try {
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true); // else a frame waits 40 ms
        InetAddress address = channel.socket().getInetAddress();
        if (address == null) {
          throw new IOException("it is not connected any more");
        }
        boolean isTooMany = isTooMany(address);
        if (isTooMany && open.stream().filter(Connection::isTooMany).count() >= MAX_TOO_MANY) {
          channel.close(); // no time for a sentence
          return;
        }
        Connection connection = new Connection(this, address, new Budget(burst, rate), isTooMany);
        SelectionKey key = channel.register(acceptKey.selector(), SelectionKey.OP_READ, connection);
        connection.setSelectionKey(key);
        if (isCounted()) {
          open.add(connection);
        }
        connection.setChannel(new PausableChannel(channel, key));
        allocateBuffers(connection);
      } catch (IOException e) {
        channel.close();
        throw e;
      }
    }
  }

  private boolean isCounted() {
    return most > 0 || mostPerAddress > 0;
  }

  /** Counts all that are open, also those that have not finished their handshake. */
  private boolean isTooMany(InetAddress address) {
    if (!isCounted()) {
      return false;
    }
    open.removeIf(Connection::isGone);
    long same = open.stream().filter(connection -> connection.address.equals(address)).count();
    return most > 0 && open.size() >= most || mostPerAddress > 0 && same >= mostPerAddress;
  }

  /** Has the next ticks settle this connection, until there is nothing left to do for it. */
  void settleLater(Connection connection) {
    unsettled.add(connection);
  }

  /** Holds no lock, so it may close connections: onClose may take the lock of a room. */
  private void tick() {
    SelectionKey resting = restingKey;
    if (resting != null && resting.isValid()) {
      restingKey = null;
      resting.interestOps(SelectionKey.OP_ACCEPT);
      resting.selector().wakeup();
    }
    round.flush();
    for (Connection connection : List.copyOf(unsettled)) { // what is put back is for the next tick
      unsettled.remove(connection); // first: a request that comes from now on must not be lost
      try {
        if (!connection.settle()) {
          unsettled.add(connection);
        }
      } catch (RuntimeException e) {
        LOG.log(Level.WARNING, "A connection could not be settled.", e);
      }
    }
    round.flush();
  }
}
