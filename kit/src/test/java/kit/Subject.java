package kit;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The chat that is put to the test: the page's address and the chat's. With {@code
 * -Dchat.url=http://localhost:3000 -Dchat.step=2} it is anybody's, in whatever language; without,
 * it is the step in whose folder this runs.
 */
public record Subject(URI page, URI socket) {

  /** What the chat should be able to do. */
  public static final int STEP = step();

  private static final Pattern CHAT_PORT = Pattern.compile("data-chat-port=[\"']?([0-9]+)");

  /** Whether it belongs to the media branch. */
  static boolean hasPictures() {
    return STEP >= 4 && STEP <= 6;
  }

  static boolean isForeign() {
    return System.getProperty("chat.url") != null;
  }

  private static int step() {
    Path folder = Path.of(System.getProperty("step.folder", "")).toAbsolutePath();
    String ofFolder = folder.getFileName().toString().replaceFirst("^step([0-9]+)-.*", "$1");
    String step = System.getProperty("chat.step", ofFolder);
    if (!step.matches("[1-9]")) {
      throw new IllegalStateException("Say with -Dchat.step=1 up to which step the chat goes.");
    }
    return Integer.parseInt(step);
  }

  /** The chat whose page is here; the page says where the chat is, or {@code -Dchat.ws} does. */
  static Subject at(String page) throws Exception {
    URI address = URI.create(page);
    String socket = System.getProperty("chat.ws");
    if (socket != null) {
      return new Subject(address, URI.create(socket));
    }
    String markup;
    try {
      HttpRequest request = HttpRequest.newBuilder(address).timeout(Waiting.patience()).build();
      markup = HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
    } catch (IOException | IllegalArgumentException e) {
      throw new IllegalStateException("There is no page at " + page + ".", e);
    }
    Matcher port = CHAT_PORT.matcher(markup);
    if (!port.find()) {
      throw new IllegalStateException(
          page + " does not say data-chat-port=\"...\"; say where the chat is with -Dchat.ws.");
    }
    return new Subject(
        address, URI.create("ws://" + address.getHost() + ":" + port.group(1) + "/"));
  }

  /** The page's origin, as its browser says it (RFC 6454, 6.2). */
  String origin() {
    return page.getScheme() + "://" + page.getRawAuthority();
  }
}
