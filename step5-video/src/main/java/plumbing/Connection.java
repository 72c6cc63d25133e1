package plumbing;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.java_websocket.WebSocketImpl;
import org.java_websocket.enums.ReadyState;
import org.java_websocket.exceptions.InvalidDataException;
import org.java_websocket.framing.CloseFrame;
import org.java_websocket.framing.Framedata;

/**
 * One browser's connection. Frames are written on the thread that sends them; only what the socket
 * does not take now waits in the library's queue, for its selector.
 */
final class Connection extends WebSocketImpl {

  static final int MAX_QUEUE = 1024 * 1024; // bytes that may wait for one browser

  /** Other programs on localhost may have set many cookies, which a browser sends us too. */
  private static final int MAX_HANDSHAKE = 64 * 1024; // bytes

  private static final int MAX_HANDSHAKE_READS = 500; // the library parses anew at each
  private static final long MAX_HANDSHAKE_TIME = TimeUnit.SECONDS.toNanos(5);

  private final SafeWebSocketServer server;
  private final Round round; // the lock for all that is written
  private final Budget budget;
  private final boolean isTooMany;
  final InetAddress address; // of the client
  private final long since = System.nanoTime();
  private int handshake; // bytes of it that have come
  private int handshakeReads;

  private int from; // where this browser's part of the round begins
  private int to; // and ends; nothing is to be sent where the two are the same
  private int queued; // bytes that wait, at most
  private boolean ended; // a close frame is the last frame (RFC 6455, 5.5.1)
  private volatile boolean slow;

  /** What came behind the last frame of the budget; null when nothing did. */
  private volatile ByteBuffer backlog;

  /** {@code isTooMany}: it gets a handshake, and then a sentence that the chat is full. */
  Connection(SafeWebSocketServer server, InetAddress address, Budget budget, boolean isTooMany) {
    super(server, List.of(new FrameReader(SafeWebSocketServer.MAX_MESSAGE, budget)));
    this.server = server;
    this.address = address;
    this.budget = budget;
    this.isTooMany = isTooMany;
    round = server.round;
    server.settleLater(this);
  }

  boolean isGone() {
    return !getSelectionKey().channel().isOpen();
  }

  boolean isTooMany() {
    return isTooMany;
  }

  /** Whatever this client sends next is free: it was asked for. */
  void allowOneMore() {
    budget.give();
  }

  /**
   * Adds a part of the round to what this browser is sent. Returns true when it had none yet. The
   * caller holds the round's lock.
   */
  boolean extend(int begin, int end) {
    if (from < to && to != begin) {
      flush(); // frames for others lie between
    }
    boolean isNew = from == to;
    from = isNew ? begin : from;
    to = end;
    return isNew;
  }

  /** Writes this browser's part of the round. The caller holds the round's lock. */
  void flush() {
    if (from < to) {
      ByteBuffer frames = round.frames(from, to);
      from = to;
      writeOrQueue(frames, true);
    }
  }

  /** Sends a whole frame, behind those of the round. A connection that has ended ignores it. */
  void write(ByteBuffer frame) {
    synchronized (round) {
      flush();
      writeOrQueue(frame, false);
    }
  }

  /** Never blocks. What must wait is copied when it is shared, or all of it would be kept. */
  private void writeOrQueue(ByteBuffer frame, boolean isShared) {
    if (ended || slow || !isOpen()) {
      return;
    }
    // The selector takes a frame out of the queue only when it is written: empty means all is.
    if (outQueue.isEmpty()) {
      try {
        getChannel().write(frame);
      } catch (IOException e) {
        return; // the selector sees it too, and closes
      }
    }
    int rest = frame.remaining();
    if (rest > 0) {
      slow = !isRoomFor(rest);
      server.settleLater(this);
      if (!slow) {
        outQueue.add(isShared ? copy(frame) : frame);
        queued += rest;
        round.queued(rest);
        server.onWriteDemand(this);
      }
    }
  }

  private boolean isRoomFor(int bytes) {
    if (queued + bytes > MAX_QUEUE || round.isFull(bytes)) {
      countQueue();
    }
    return queued + bytes <= MAX_QUEUE && !round.isFull(bytes);
  }

  /** The selector does not say what it has written. */
  private void countQueue() {
    int now = isClosed() ? 0 : outQueue.stream().mapToInt(ByteBuffer::remaining).sum();
    round.queued(now - queued);
    queued = now;
  }

  private static ByteBuffer copy(ByteBuffer bytes) {
    return ByteBuffer.allocate(bytes.remaining()).put(bytes).flip();
  }

  /** Does what is due; returns true when nothing is left to do. */
  boolean settle() {
    synchronized (round) {
      countQueue();
    }
    if (isClosed()) {
      return true;
    }
    boolean isPaused = !readBacklog();
    if (slow) {
      closeConnection(CloseFrame.POLICY_VALIDATION, "reads too slowly");
    } else if (getReadyState() == ReadyState.NOT_YET_CONNECTED && !isFlushAndClose()) {
      if (System.nanoTime() - since > MAX_HANDSHAKE_TIME) {
        closeConnection(CloseFrame.NEVER_CONNECTED, "no handshake");
      }
    } else if (hasBufferedData()) {
      server.onWriteDemand(this); // said again: the selector may overwrite it when it is done
    } else if (isFlushAndClose()) {
      closeConnection(); // the selector does not, when the handshake was refused
    } else {
      return !isPaused;
    }
    return false;
  }

  /** Returns false while frames of this client must wait for the next ones of its budget. */
  private boolean readBacklog() {
    if (backlog == null) {
      return true;
    }
    synchronized (round.decoding) {
      updateLastPong(); // its pong may be among what waits: it is not silent
      ByteBuffer bytes = backlog;
      backlog = null;
      decodeUpToBudget(bytes);
      if (backlog == null) {
        ((PausableChannel) getChannel()).pause(false);
        server.onWriteDemand(this);
      }
      return backlog == null;
    }
  }

  /** Whether the connection has ended although the library still calls it open. */
  boolean isGhost() {
    return !getSelectionKey().isValid();
  }

  /** Calls onClose again if the connection ended while its message was handled. */
  void closeIfGhost() {
    if (isGhost()) {
      server.onClose(this, CloseFrame.ABNORMAL_CLOSE, "gone", true);
    }
  }

  @Override
  public void decode(ByteBuffer bytes) {
    try {
      decodeOrRefuse(bytes);
    } catch (VirtualMachineError | LinkageError e) {
      FatalError.exit(e); // or it would end the only thread that decodes
    } finally {
      round.readDecoded();
    }
  }

  private void decodeOrRefuse(ByteBuffer bytes) {
    if (getReadyState() == ReadyState.NOT_YET_CONNECTED) {
      handshake += bytes.remaining();
      if (isFlushAndClose()) {
        return; // refused already
      }
      if (handshake > MAX_HANDSHAKE || ++handshakeReads > MAX_HANDSHAKE_READS) {
        closeConnection(CloseFrame.NEVER_CONNECTED, "the handshake is too long");
        return;
      }
    }
    synchronized (round.decoding) {
      decodeUpToBudget(bytes);
    }
  }

  /**
   * Keeps what comes behind the last frame of the budget, and reads no more until it is handled.
   */
  private void decodeUpToBudget(ByteBuffer bytes) {
    int end = bytes.limit();
    if (backlog == null) {
      super.decode(bytes);
      bytes.limit(end);
    }
    boolean mustWait = getDraft() instanceof FrameReader reader && !reader.isClosing() && isOpen();
    if (bytes.hasRemaining() && mustWait) {
      ((PausableChannel) getChannel()).pause(true);
      ByteBuffer before = backlog == null ? ByteBuffer.allocate(0) : backlog;
      backlog = ByteBuffer.allocate(before.remaining() + bytes.remaining());
      backlog.put(before).put(bytes).flip();
      server.settleLater(this);
    }
  }

  @Override
  public void sendFrame(Framedata frame) {
    synchronized (round) {
      write(getDraft().createBinaryFrame(frame));
      ended |= frame instanceof CloseFrame;
    }
  }

  @Override
  public void sendFrame(Collection<Framedata> frames) {
    frames.forEach(this::sendFrame);
  }

  @Override
  public void send(String text) {
    sendFrame(getDraft().createFrames(text, false));
  }

  @Override
  public void send(ByteBuffer bytes) {
    sendFrame(getDraft().createFrames(bytes, false));
  }

  /** The library gives no reason for some, and then sends no close frame at all. */
  @Override
  public void close(InvalidDataException e) {
    String reason = e.getMessage() == null ? "not valid" : e.getMessage();
    close(e.getCloseCode(), reason);
  }

  @Override
  public synchronized void flushAndClose(int code, String reason, boolean byBrowser) {
    super.flushAndClose(code, reason, byBrowser);
    server.settleLater(this);
  }
}
