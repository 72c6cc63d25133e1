package kit;

import static kit.Waiting.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.StreamSupport;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A well-behaved client: the JDK's own, which has nothing in common with the server's library. */
public final class Client implements WebSocket.Listener, AutoCloseable {

  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final JsonMapper JSON = JsonMapper.shared();

  private final String name;
  private final List<JsonNode> events = new CopyOnWriteArrayList<>();
  private final List<String> said = new CopyOnWriteArrayList<>();
  private final StringBuilder part = new StringBuilder();
  private final CompletableFuture<String> closed = new CompletableFuture<>();
  private final WebSocket socket;

  private Client(String name, URI server) {
    this.name = name;
    socket = HTTP.newWebSocketBuilder().buildAsync(server, this).join();
  }

  /** Connects; from step 2 on it comes in under this name, and waits for the welcome. */
  public static Client join(String name, URI server) {
    Client client = new Client(name, server);
    if (Subject.STEP > 1) {
      client.say(name);
      await(name + " to be welcomed", () -> assertThat(client.events).isNotEmpty());
    }
    return client;
  }

  /** Connects and sends this as its name; it may be refused. */
  static Client knock(String name, URI server) {
    return new Client("somebody", server).say(name);
  }

  /** Sends one message; returns when it has been handed to the operating system. */
  public Client say(String text) {
    socket.sendText(text, true).join();
    return this;
  }

  /**
   * What everybody hears when this client says this: {@code Hi}, from step 2 on {@code Ann: Hi}.
   */
  String line(String text) {
    return Subject.STEP == 1 ? text : name + ": " + text;
  }

  /** All events so far, from step 2 on. */
  public List<JsonNode> events() {
    return List.copyOf(events);
  }

  /** What was said since this client came in, as {@link #line} writes it, in order of arrival. */
  public List<String> said() {
    return List.copyOf(said);
  }

  int saidCount() {
    return said.size();
  }

  List<JsonNode> saidEvents() {
    return events.stream().filter(event -> isOf(event, "said")).toList();
  }

  /** What was said before, as the welcome tells it. */
  List<String> history() {
    return StreamSupport.stream(events.get(0).path("history").spliterator(), false)
        .map(Client::line)
        .toList();
  }

  private static String line(JsonNode said) {
    return said.path("name").asString("?") + ": " + said.path("text").asString("?");
  }

  private static boolean isOf(JsonNode event, String type) {
    return event.path("type").asString("").equals(type);
  }

  public void awaitSaid(String line) {
    await(name + " to hear " + line, () -> assertThat(said.contains(line)).isTrue());
  }

  void awaitSaid(int count) {
    await(
        name + " to hear " + count + " messages",
        () -> assertThat(said).hasSizeGreaterThanOrEqualTo(count));
  }

  /** Waits until it is told that somebody {@code joined} or {@code left}. */
  public void awaitTold(String type, String whose) {
    await(
        name + " to be told that " + whose + " " + type,
        () -> assertThat(told(type)).contains(whose));
  }

  List<String> told(String type) {
    return events.stream()
        .filter(event -> isOf(event, type))
        .map(event -> event.path("name").asString("?"))
        .toList();
  }

  /** The close code and the reason, as in {@code 1009 too long}. */
  String awaitClose() throws Exception {
    awaitEnd();
    return closed.get();
  }

  boolean isOpen() {
    return !closed.isDone();
  }

  /** Waits for the end of the connection, however it comes. */
  void awaitEnd() {
    await(name + " to be closed", () -> assertThat(closed).isDone());
  }

  /** Vanishes without a word, as a crashed browser does. */
  void vanish() {
    socket.abort();
  }

  @Override
  public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
    part.append(data);
    if (last) {
      heard(part.toString());
      part.setLength(0);
    }
    webSocket.request(1);
    return null;
  }

  private void heard(String text) {
    if (Subject.STEP == 1) {
      said.add(text);
      return;
    }
    try {
      JsonNode event = JSON.readTree(text);
      events.add(event);
      if (isOf(event, "said")) {
        said.add(line(event));
      }
    } catch (JacksonException e) {
      events.add(JSON.createObjectNode().put("type", "no JSON: " + text));
    }
  }

  @Override
  public CompletionStage<?> onClose(WebSocket webSocket, int code, String reason) {
    closed.complete((code + " " + reason).strip());
    return null;
  }

  @Override
  public void onError(WebSocket webSocket, Throwable error) {
    closed.completeExceptionally(error);
  }

  @Override
  public void close() {
    if (!socket.isOutputClosed()) {
      socket.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
    }
  }
}
