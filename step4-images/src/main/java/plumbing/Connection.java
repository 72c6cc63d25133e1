package plumbing;

import java.io.IOException;
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
 * One browser's connection. It writes at once, on the thread that sends; only what the socket does
 * not take now waits in the library's queue, for its selector.
 */
final class Connection extends WebSocketImpl {

  static final int MAX_QUEUE = 1024 * 1024; // bytes that may wait, besides the first frame
  private static final int MAX_HANDSHAKE = 8 * 1024; // bytes
  private static final long MAX_HANDSHAKE_TIME = TimeUnit.SECONDS.toNanos(5);

  private final SafeWebSocketServer server;
  private final long since = System.nanoTime();
  private int handshake; // bytes of it that have come

  /** Not {@code this}: the library holds that when it closes, and may be waiting for a room. */
  private final Object writing = new Object();

  private int queued; // at least the bytes that wait
  private boolean ended; // a close frame is the last frame (RFC 6455, 5.5.1)
  private volatile boolean slow;

  Connection(SafeWebSocketServer server) {
    super(server, List.of(new FrameReader(SafeWebSocketServer.MAX_MESSAGE)));
    this.server = server;
    server.settleLater(this);
  }

  /** Sends a whole frame; never blocks. A connection that has ended ignores it. */
  void write(ByteBuffer frame) {
    synchronized (writing) {
      if (ended || slow || !isOpen()) {
        return;
      }
      // The selector takes a frame out of the queue only when it is written: empty means all is.
      if (!outQueue.isEmpty()) {
        queued += frame.remaining();
        if (queued > MAX_QUEUE) {
          queued = outQueue.stream().skip(1).mapToInt(ByteBuffer::remaining).sum();
          queued += frame.remaining();
          slow = queued > MAX_QUEUE;
        }
      } else {
        queued = 0;
        try {
          getChannel().write(frame);
        } catch (IOException e) {
          return; // the selector sees it too, and closes
        }
      }
      if (frame.hasRemaining() && !slow) {
        outQueue.add(frame);
        server.onWriteDemand(this);
        server.settleLater(this);
      }
    }
  }

  /** Does what is due; returns true when nothing is left to do. */
  boolean settle() {
    if (isClosed()) {
      return true;
    }
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
      return true;
    }
    return false;
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
    if (getReadyState() == ReadyState.NOT_YET_CONNECTED) {
      handshake += bytes.remaining();
      if (isFlushAndClose()) {
        return; // refused already
      }
      if (handshake > MAX_HANDSHAKE) {
        closeConnection(CloseFrame.NEVER_CONNECTED, "the handshake is too long");
        return;
      }
    }
    super.decode(bytes);
  }

  @Override
  public void sendFrame(Framedata frame) {
    synchronized (writing) {
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
