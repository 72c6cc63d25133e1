package book;

import java.net.URI;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.java_websocket.client.WebSocketClient;
import org.java_websocket.handshake.ServerHandshake;

/**
 * Several users, each with a connection. {@code Ann > Hi} sends a text, {@code Ann >> 00 ff} bytes,
 * {@code Ann < …} is what she receives next, {@code Ann << 00 ff} if it is bytes, {@code Ann x
 * closes the tab}. Who is in at the end of a block still is in the next.
 */
final class Talk {

  private static final Pattern LINE = Pattern.compile("((\\S+) +)(>>|<<|[<>x]) ?(.*)");
  private static final int PATIENCE = 10; // seconds
  private static final String MEASURED = "{\"type\":\"measured\"";

  private final Map<String, User> users = new HashMap<>(); // by name

  /** Plays these lines; the same lines, but what is received is what really came. */
  String play(Program program, List<String> lines) throws Exception {
    URI address = URI.create("ws://localhost:" + program.chatPort() + "/");
    List<MatchResult> script = lines.stream().map(Talk::parse).toList();
    Set<String> named = new HashSet<>();
    for (MatchResult line : script) {
      // Who first receives must have been there when it was sent; who first sends comes then.
      if (named.add(line.group(2)) && line.group(3).startsWith("<")) {
        users.computeIfAbsent(line.group(2), any -> new User(address));
      }
    }
    List<String> truth = new ArrayList<>();
    for (MatchResult line : script) {
      String name = line.group(2);
      switch (line.group(3)) {
        case ">" -> {
          users.computeIfAbsent(name, any -> new User(address)).send(unescaped(line.group(4)));
          truth.add(line.group());
        }
        case ">>" -> {
          user(name).send(Scripts.HEX.parseHex(line.group(4)));
          truth.add(line.group());
        }
        case "<", "<<" -> truth.add(line.group(1) + hear(name, line.group()));
        default -> {
          user(name).close();
          users.remove(name);
          truth.add(line.group());
        }
      }
    }
    return Scripts.text(truth);
  }

  private static MatchResult parse(String line) {
    Matcher parts = LINE.matcher(line);
    if (!parts.matches()) {
      throw new AssertionError("This is no line of a talk: " + line);
    }
    return parts;
  }

  private User user(String name) {
    if (!users.containsKey(name)) {
      throw new AssertionError(name + " is not connected any more.");
    }
    return users.get(name);
  }

  /** From step 6 on something comes each second; it is passed over until it is as on this line. */
  private String hear(String name, String line) throws InterruptedException {
    for (int seconds = 0; ; seconds++) {
      String message = user(name).heard.poll(PATIENCE, TimeUnit.SECONDS);
      if (message == null) {
        throw new AssertionError("Nothing comes for " + PATIENCE + " seconds, instead of: " + line);
      }
      if (message.startsWith("close ")) {
        users.remove(name);
      }
      String usual =
          message.startsWith("<<") ? message : "< " + escaped(Scripts.usualValues(message));
      if (!message.startsWith(MEASURED) || line.endsWith(usual)) {
        return usual;
      }
      if (seconds == PATIENCE) {
        return line.contains(MEASURED) ? usual : "< nothing else";
      }
    }
  }

  private static String unescaped(String text) {
    return Pattern.compile("\\\\u([0-9a-f]{4})")
        .matcher(text)
        .replaceAll(code -> Character.toString(Integer.parseInt(code.group(1), 16)));
  }

  /** Invisible characters would do to the book what they do to a chat. */
  private static String escaped(String text) {
    return Pattern.compile("\\p{Cf}")
        .matcher(text)
        .replaceAll(found -> "\\\\u%04x".formatted((int) found.group().charAt(0)));
  }

  private static final class User extends WebSocketClient {

    final BlockingQueue<String> heard = new LinkedBlockingQueue<>();

    User(URI address) {
      super(address);
      try {
        connectBlocking(PATIENCE, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public void onOpen(ServerHandshake handshake) {}

    @Override
    public void onMessage(String message) {
      heard.add(message);
    }

    @Override
    public void onMessage(ByteBuffer message) {
      byte[] bytes = new byte[message.remaining()];
      message.get(bytes);
      heard.add("<< " + Scripts.HEX.formatHex(bytes));
    }

    @Override
    public void onClose(int code, String reason, boolean remote) {
      heard.add("close " + code + ": " + reason);
    }

    @Override
    public void onError(Exception problem) {
      heard.add("error: " + problem);
    }
  }
}
