package plumbing;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.List;
import org.java_websocket.WebSocketImpl;
import org.java_websocket.drafts.Draft;
import org.java_websocket.drafts.Draft_6455;
import org.java_websocket.enums.HandshakeState;
import org.java_websocket.exceptions.InvalidDataException;
import org.java_websocket.exceptions.InvalidHandshakeException;
import org.java_websocket.exceptions.LimitExceededException;
import org.java_websocket.framing.CloseFrame;
import org.java_websocket.framing.ControlFrame;
import org.java_websocket.framing.Framedata;
import org.java_websocket.handshake.ClientHandshake;

/**
 * The library's reader of frames, and in front of it a look at each frame's header (RFC 6455, 5.2):
 * what the library would accept and should not is refused before anything of it is kept.
 */
final class FrameReader extends Draft_6455 {

  private static final int MAX_FRAGMENTS = 1024; // of one message; each costs memory, also empty

  private final int maxMessage;
  private final Budget budget;
  private final ByteBuffer header = ByteBuffer.allocate(14);
  private long payload; // bytes of the current frame that are still to come
  private long message; // bytes of the current message, as its frames announce them
  private boolean closing; // a close frame has come
  private int fragments;

  /**
   * Reads the frames of one client.
   *
   * @param maxMessage the bytes of a whole message, in however many frames it comes
   * @param budget of frames; where it runs out, reading stops behind a frame
   */
  FrameReader(int maxMessage, Budget budget) {
    super(List.of(), maxMessage); // no extensions: compressed messages could grow past any limit
    this.maxMessage = maxMessage;
    this.budget = budget;
  }

  /** Whether a close frame has come: what stands behind it is not looked at. */
  boolean isClosing() {
    return closing;
  }

  @Override
  public Draft copyInstance() {
    return new FrameReader(maxMessage, budget);
  }

  /** The library asks for less than RFC 6455, 4.2.1: no WebSocket, no host, any key. */
  @Override
  public HandshakeState acceptHandshakeAsServer(ClientHandshake request)
      throws InvalidHandshakeException {
    return basicAccept(request) && request.hasFieldValue("Host") && hasKey(request)
        ? super.acceptHandshakeAsServer(request)
        : HandshakeState.NOT_MATCHED;
  }

  /** One key of 16 bytes in Base64; the library joins two of them with a semicolon. */
  private static boolean hasKey(ClientHandshake request) {
    try {
      return Base64.getDecoder().decode(request.getFieldValue("Sec-WebSocket-Key")).length == 16;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  @Override
  public List<Framedata> translateFrame(ByteBuffer bytes) throws InvalidDataException {
    bytes.limit(check(bytes.duplicate()));
    try {
      return super.translateFrame(bytes);
    } catch (NullPointerException e) { // its own, for a close frame whose reason is not UTF-8
      throw new InvalidDataException(CloseFrame.NO_UTF8, "The reason is not UTF-8.");
    }
  }

  /** Ignores messages behind a close frame, its own or ours (RFC 6455, 5.5.1 and 7.1.1). */
  @Override
  public void processFrame(WebSocketImpl connection, Framedata frame) throws InvalidDataException {
    boolean isControl = frame instanceof ControlFrame;
    if (isControl || connection.isOpen()) {
      super.processFrame(connection, frame);
    }
    if (!isControl) {
      ((Connection) connection).closeIfGhost();
    }
  }

  /**
   * Follows the stream from header to header; a header may come in several pieces. Returns where to
   * stop: behind a close frame (RFC 6455, 5.5.1), or behind the last frame that the budget has.
   */
  private int check(ByteBuffer bytes) throws InvalidDataException {
    while (bytes.hasRemaining() && !(payload == 0 && isAtStop())) {
      if (payload > 0) {
        int skipped = (int) Math.min(payload, bytes.remaining());
        bytes.position(bytes.position() + skipped);
        payload -= skipped;
      } else {
        header.put(bytes.get());
        if (header.position() == 2 && (header.get(1) & 0x80) == 0) {
          throw new InvalidDataException(
              CloseFrame.PROTOCOL_ERROR, "A client must mask its frames.");
        }
        if (header.position() > 2 && header.position() == headerLength()) {
          checkFrame();
          header.clear();
        }
      }
    }
    return bytes.position();
  }

  private boolean isAtStop() {
    return closing || header.position() == 0 && !budget.isLeft();
  }

  /** Two bytes, then the longer forms of the length, then the mask. */
  private int headerLength() {
    int length = header.get(1) & 0x7f;
    return 2 + (length == 126 ? 2 : length == 127 ? 8 : 0) + 4;
  }

  private void checkFrame() throws InvalidDataException {
    int opcode = header.get(0) & 0x0f;
    int length = header.get(1) & 0x7f;
    payload =
        length == 127 ? header.getLong(2) : length == 126 ? header.getShort(2) & 0xffff : length;
    closing |= opcode == 8;
    budget.take(payload);
    boolean isControl = opcode >= 8;
    if (!isControl) {
      boolean isFirst = opcode != 0;
      message = isFirst ? payload : message + payload;
      fragments = isFirst ? 1 : fragments + 1;
      if (payload < 0 || message > maxMessage || fragments > MAX_FRAGMENTS) {
        throw new LimitExceededException("The message is too long.", maxMessage);
      }
    }
  }
}
