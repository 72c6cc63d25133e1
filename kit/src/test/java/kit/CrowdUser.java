package kit;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One user of a {@link Crowd}: remembers in which order the texts came, and their latency. */
final class CrowdUser implements WebSocket.Listener {

  private static final HttpClient HTTP = HttpClient.newHttpClient();

  /** Completed when it may speak: from step 2 on, when it is welcomed. */
  final CompletableFuture<Void> joined = new CompletableFuture<>();

  /** The close code and the reason. */
  final CompletableFuture<String> closed = new CompletableFuture<>();

  private final String mark;
  private final int[] order; // numbers of the texts, as they came
  private final int[] latencies; // microseconds
  private volatile int received;
  private final StringBuilder part = new StringBuilder();
  private final WebSocket socket;
  private CompletableFuture<WebSocket> sending;

  /** {@code mark}: the texts of this crowd begin with it; {@code most}: so many may come. */
  CrowdUser(String name, URI server, String mark, int most) {
    this.mark = mark;
    order = new int[most];
    latencies = new int[most];
    socket = HTTP.newWebSocketBuilder().buildAsync(server, this).join();
    sending = CompletableFuture.completedFuture(socket);
    if (Subject.STEP == 1) {
      joined.complete(null);
    } else {
      send(name);
    }
  }

  /** The time is the one at which it was to be said, so that it counts when a sender is late. */
  void say(int number, long planned) {
    send(mark + " " + number + " " + planned);
  }

  private void send(String text) {
    sending = sending.thenCompose(ready -> ready.sendText(text, true));
  }

  int received() {
    return received;
  }

  int number(int at) {
    return order[at];
  }

  int latency(int at) {
    return latencies[at];
  }

  void leave() {
    socket.abort();
  }

  @Override
  public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
    part.append(data);
    if (last) {
      receive(part.toString());
      part.setLength(0);
    }
    webSocket.request(1);
    return null;
  }

  private void receive(String message) {
    String text = Subject.STEP == 1 ? message : said(message);
    if (text.startsWith(mark) && received < order.length) {
      String[] words = text.split(" ");
      order[received] = Integer.parseInt(words[1]);
      latencies[received] = (int) ((System.nanoTime() - Long.parseLong(words[2])) / 1000);
      received++; // only this listener writes it
    }
  }

  /** The text of a message; empty for any other event. */
  private String said(String message) {
    try {
      JsonNode event = JsonMapper.shared().readTree(message);
      String type = event.path("type").asString("");
      if (type.equals("welcome")) {
        joined.complete(null);
      }
      return type.equals("said") ? event.path("text").asString("") : "";
    } catch (JacksonException e) {
      return "";
    }
  }

  @Override
  public CompletionStage<?> onClose(WebSocket webSocket, int code, String reason) {
    end((code + " " + reason).strip());
    return null;
  }

  @Override
  public void onError(WebSocket webSocket, Throwable error) {
    end(String.valueOf(error.getMessage()));
  }

  private void end(String why) {
    closed.complete(why);
    joined.completeExceptionally(new IllegalStateException("closed: " + why));
  }
}
