package chat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The chat that is put to the test: the one whose page is at {@code -Dchat.url}, in whatever
 * language it is written; or else this step, started by its own command.
 */
final class Subject implements AutoCloseable {

  private final Program own;
  private final URI page;
  private final URI webSocket;

  Subject(String... settings) throws Exception {
    String url = System.getProperty("chat.url");
    own = url == null ? Program.maven(settings) : null;
    page = URI.create(url == null ? own.address() : url);
    String ws = System.getProperty("chat.ws");
    webSocket = ws == null ? fromPage() : URI.create(ws);
  }

  /** True for somebody else's chat, false for this step. */
  static boolean isForeign() {
    return System.getProperty("chat.url") != null;
  }

  private URI fromPage() throws Exception {
    HttpRequest request = HttpRequest.newBuilder(page).build();
    String body = HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
    Matcher port = Pattern.compile("data-chat-port=\"([0-9]+)\"").matcher(body);
    if (!port.find()) {
      throw new IllegalStateException(
          page + " does not say data-chat-port=\"...\"; say where the chat is with -Dchat.ws.");
    }
    return URI.create("ws://" + page.getHost() + ":" + port.group(1) + "/");
  }

  String page() {
    return page.toString();
  }

  URI webSocket() {
    return webSocket;
  }

  RawClient rawChat() throws Exception {
    return new RawClient(webSocket.getHost(), webSocket.getPort());
  }

  RawClient rawPage() throws Exception {
    return new RawClient(page.getHost(), page.getPort());
  }

  @Override
  public void close() throws IOException {
    if (own != null) {
      own.close();
    }
  }
}
