package kit;

import static kit.Waiting.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
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
  static final int PART = 16 * 1024 - 1; // bytes of a picture in one message

  /** From step 5 on: a picture of somebody's video. */
  record Snapshot(String name, byte[] jpeg) {}

  private final String name;
  private final List<Snapshot> snapshots = new CopyOnWriteArrayList<>();
  private final ByteArrayOutputStream binary = new ByteArrayOutputStream();
  private final List<JsonNode> events = new CopyOnWriteArrayList<>();
  private final List<JsonNode> measured = new CopyOnWriteArrayList<>();
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
      Door.enter(client::awaitWelcome);
    }
    return client;
  }

  private void awaitWelcome() {
    await(name + " to be welcomed", () -> assertThat(events).isNotEmpty());
    String first = events.get(0).path("type").asString("");
    assertThat(first)
        .withFailMessage("The first that %s receives is not a welcome, but: %s", name, first)
        .isEqualTo("welcome");
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

  /** Sends one binary message. */
  Client send(byte... bytes) {
    socket.sendBinary(ByteBuffer.wrap(bytes), true).join();
    return this;
  }

  /** From step 4 on: sends what it has of a picture, in parts. */
  Client upload(byte[] picture) {
    for (int at = 0; at < picture.length; at += PART) {
      byte[] part = Arrays.copyOfRange(picture, at, Math.min(picture.length, at + PART));
      send(Drawing.joined(new byte[] {0}, part));
    }
    return this;
  }

  /** From step 4 on: sends a picture, and the words that it is shown with. */
  Client show(byte[] picture, String words) {
    return upload(picture).send(("\1" + words).getBytes(StandardCharsets.UTF_8));
  }

  /** From step 5 on: shows everybody a snapshot; an empty one ends the video. */
  Client snapshot(byte... jpeg) {
    return send(Drawing.joined(new byte[] {2}, jpeg));
  }

  /** Says that the last snapshot is drawn: the next one may come. */
  Client drawn() {
    return send((byte) 3);
  }

  void awaitSnapshots(int count) {
    await(
        name + " to get " + count + " snapshots",
        () -> assertThat(snapshots).hasSizeGreaterThanOrEqualTo(count));
  }

  /** The snapshots that have come. */
  List<Snapshot> snapshots() {
    return List.copyOf(snapshots);
  }

  /**
   * What everybody hears when this client says this: {@code Hi}, from step 2 on {@code Ann: Hi}.
   */
  String line(String text) {
    return Subject.STEP == 1 ? text : name + ": " + text;
  }

  /** As it came in. */
  String name() {
    return name;
  }

  /** All events so far, from step 2 on, but for those that come once a second. */
  public List<JsonNode> events() {
    return List.copyOf(events);
  }

  /** What the server has measured since this client came in, from step 6 on. */
  List<JsonNode> measured() {
    return List.copyOf(measured);
  }

  void awaitMeasured(int count) {
    await(
        name + " to be told " + count + " times what was measured",
        () -> assertThat(measured).hasSizeGreaterThanOrEqualTo(count));
  }

  /** What was said since this client came in, as {@link #line} writes it, in order of arrival. */
  public List<String> said() {
    return List.copyOf(said);
  }

  int saidCount() {
    return said.size();
  }

  List<JsonNode> saidEvents() {
    return events("said");
  }

  List<JsonNode> events(String type) {
    return events.stream().filter(event -> isOf(event, type)).toList();
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
    await(
        name + " to hear " + Texts.shortened(line),
        () -> assertThat(said.contains(line)).as("it has come").isTrue());
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

  /** The event of this type that is the {@code count}th since this client came in. */
  JsonNode awaitEvent(String type, int count) {
    await(
        name + " to be told that something is " + type,
        () -> assertThat(events(type)).hasSizeGreaterThanOrEqualTo(count));
    return events(type).get(count - 1);
  }

  /** From step 4 on: why nobody sees the picture of this client. */
  String awaitRefusal() {
    return awaitEvent("refused", 1).path("reason").asString("?");
  }

  List<String> told(String type) {
    return events(type).stream().map(event -> event.path("name").asString("?")).toList();
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
    await(
        "the server to close the connection of " + name,
        () -> assertThat(closed.isDone()).as("it is closed").isTrue());
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

  @Override
  public CompletionStage<?> onBinary(WebSocket webSocket, ByteBuffer data, boolean last) {
    byte[] bytes = new byte[data.remaining()];
    data.get(bytes);
    binary.writeBytes(bytes);
    if (last) {
      saw(ByteBuffer.wrap(binary.toByteArray()));
      binary.reset();
    }
    webSocket.request(1);
    return null;
  }

  private void saw(ByteBuffer message) {
    if (message.get() == 2) {
      byte[] from = new byte[message.get() & 0xff];
      message.get(from);
      byte[] jpeg = new byte[message.remaining()];
      message.get(jpeg);
      snapshots.add(new Snapshot(new String(from, StandardCharsets.UTF_8), jpeg));
    }
  }

  private void heard(String text) {
    if (Subject.STEP == 1) {
      said.add(text);
      return;
    }
    try {
      JsonNode event = JSON.readTree(text);
      (isOf(event, "measured") ? measured : events).add(event);
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
