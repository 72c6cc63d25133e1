package kit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.Charset;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/**
 * WebSocket by hand: {@code mvn -q -f kit -Pwire} sends what you type, and shows each frame that
 * goes or comes. A line of text goes as a text frame; a line of bytes in hex, such as {@code 89 80
 * 00 00 00 00}, goes as it is, right or wrong. With {@code -Dchat.ws=ws://localhost:9001/} it goes
 * to another chat; with {@code -Dorigin=http://evil.example} it comes from that page.
 */
public final class Wire {

  private static final int PATIENCE = 5; // seconds that an answer may take
  private static final int MOST = 1 << 24; // bytes read at once, whatever a server announces
  private static final byte[] DONE = {0x03, (byte) 0xe8}; // 1000 (RFC 6455, 7.4.1)

  /** {@code -Dwire.mask=37fa213d} is for the book: always this mask, and the key of the RFC. */
  private static final String MASK = System.getProperty("wire.mask");

  private final Socket socket;
  private final DataInputStream in;
  private WireFrame begun = WireFrame.EMPTY; // what is sent so far of a frame that is not whole
  private boolean isClosing;

  private Wire(Socket socket) throws IOException {
    this.socket = socket;
    in = new DataInputStream(socket.getInputStream());
  }

  public static void main(String[] args) {
    // To return is not enough: nobody can interrupt the thread that waits for the keyboard.
    System.exit(run(System.getProperty("chat.ws", "ws://localhost:8081/")) ? 0 : 1);
  }

  private static boolean run(String address) {
    try {
      URI server = URI.create(address);
      if (!"ws".equals(server.getScheme()) || server.getHost() == null) {
        throw new IllegalArgumentException(address);
      }
      int port = server.getPort() == -1 ? 80 : server.getPort();
      Wire wire = new Wire(new Socket(server.getHost(), port));
      if (wire.open(server)) {
        System.out.println("Type a text, or bytes in hex. Ctrl-D ends (in Windows Ctrl-Z, Enter).");
        Thread receiver = Thread.currentThread();
        Thread keyboard = new Thread(() -> wire.type(receiver));
        keyboard.setDaemon(true);
        keyboard.start();
        System.out.println(wire.receive());
        return true;
      }
      System.out.println("The server did not open a WebSocket.");
    } catch (IllegalArgumentException e) {
      System.out.println(address + " is no address such as ws://localhost:8081/.");
    } catch (IOException e) {
      System.out.println("Nobody listens at " + address + ".");
    }
    return false;
  }

  /** The opening handshake (RFC 6455, 4.1). */
  private boolean open(URI server) {
    String key = MASK == null ? Base64.getEncoder().encodeToString(random(16)) : RawClient.KEY;
    String origin = System.getProperty("origin");
    StringBuilder request = new StringBuilder("GET ");
    request.append(server.toString().replaceFirst("ws://[^/?#]*/?([^#]*).*", "/$1"));
    request.append(" HTTP/1.1\r\nHost: ").append(server.getRawAuthority());
    request.append(origin == null ? "" : "\r\nOrigin: " + origin);
    request.append("\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13");
    request.append("\r\nSec-WebSocket-Key: ").append(key).append("\r\n\r\n");
    show("sent", request);
    StringBuilder answer = new StringBuilder();
    try {
      socket.setSoTimeout(PATIENCE * 1000);
      socket.getOutputStream().write(request.toString().getBytes(UTF_8));
      while (answer.indexOf("\r\n\r\n") == -1) {
        answer.append((char) in.readUnsignedByte());
      }
      socket.setSoTimeout(0); // from now on a server may have nothing to say
      return answer.indexOf("HTTP/1.1 101 ") == 0;
    } catch (IOException e) {
      return false;
    } finally {
      show("received", answer);
    }
  }

  private void type(Thread receiver) {
    boolean screen = System.console() != null;
    Charset charset = screen ? System.console().charset() : Charset.defaultCharset();
    try (var lines = new BufferedReader(new InputStreamReader(System.in, charset))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.matches("\\p{XDigit}{2}( \\p{XDigit}{2})+ *")) {
          send(HexFormat.of().parseHex(line.replace(" ", "")));
        } else {
          send(frame(RawClient.TEXT, line.getBytes(UTF_8)));
        }
      }
      answer(RawClient.CLOSE, DONE);
      receiver.join(PATIENCE * 1000L); // it ends the program when the server answers
      System.out.println("The server does not close the connection.");
      socket.close(); // so that the receiver ends too
    } catch (IOException | InterruptedException e) {
      // The connection has ended; who receives says so.
    }
  }

  /** Shows what comes, up to the server's close frame; returns a last sentence. */
  private String receive() {
    try {
      while (true) {
        WireFrame frame = WireFrame.EMPTY;
        while (frame.missing() > 0) {
          byte[] more = new byte[(int) Math.min(frame.missing(), MOST)];
          in.readFully(more);
          frame = frame.with(more);
        }
        show("received", WireFrame.hex(frame.bytes()) + "   " + frame.meaning());
        if (frame.opcode() == RawClient.PING) {
          answer(RawClient.PONG, frame.payload());
        } else if (frame.opcode() == RawClient.CLOSE) {
          byte[] payload = frame.payload();
          answer(RawClient.CLOSE, Arrays.copyOf(payload, Math.min(2, payload.length))); // its code
          return "The connection is closed.";
        }
      }
    } catch (IOException e) {
      return "The connection ended without a close frame.";
    }
  }

  /** Inside another frame there is no place for it, and behind a close frame neither. */
  private synchronized void answer(int opcode, byte[] payload) throws IOException {
    if (begun.bytes().length == 0 && !isClosing) {
      send(frame(opcode, payload));
    }
  }

  private synchronized void send(byte[] bytes) throws IOException {
    begun = begun.with(bytes);
    show("sent", WireFrame.hex(bytes) + "   " + begun.meaning());
    if (begun.missing() <= 0) {
      isClosing |= begun.opcode() == RawClient.CLOSE;
      begun = WireFrame.EMPTY;
    }
    socket.getOutputStream().write(bytes);
  }

  /** A whole message; each frame has a mask that nobody can foretell (RFC 6455, 5.3). */
  private static byte[] frame(int opcode, byte[] payload) {
    byte[] frame = RawClient.frame(opcode, payload); // masked with zeros, which change nothing
    byte[] mask = MASK == null ? random(4) : HexFormat.of().parseHex(MASK);
    int start = frame.length - payload.length;
    System.arraycopy(mask, 0, frame, start - 4, 4);
    for (int i = 0; i < payload.length; i++) {
      frame[start + i] ^= mask[i % 4];
    }
    return frame;
  }

  private static byte[] random(int count) {
    byte[] bytes = new byte[count];
    new SecureRandom().nextBytes(bytes);
    return bytes;
  }

  private static void show(String way, CharSequence text) {
    text.toString()
        .lines()
        .filter(line -> !line.isEmpty())
        .forEach(line -> System.out.printf("%-9s %s%n", way, line));
  }
}
