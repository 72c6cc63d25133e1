package chat;

import static chat.Waiting.await;
import static org.assertj.core.api.Assertions.assertThat;

import chat.Event.Said;
import chat.Event.Welcome;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** A well-behaved client: the JDK's own, which has nothing in common with the server's library. */
final class Client implements WebSocket.Listener, AutoCloseable {

  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final String name;
  private final List<String> received = new CopyOnWriteArrayList<>();
  private final AtomicInteger saidCount = new AtomicInteger();
  private final StringBuilder part = new StringBuilder();
  private final CompletableFuture<String> closed = new CompletableFuture<>();
  private final WebSocket socket;

  /** Comes in under this name, and waits for the welcome. */
  Client(String name, URI server) {
    this(name, server, name);
    awaitCount(1);
  }

  /** Connects and sends this as its name; it may be refused. */
  Client(String user, URI server, String name) {
    this.name = user;
    socket = HTTP.newWebSocketBuilder().buildAsync(server, this).join();
    say(name);
  }

  /** Sends one message; returns when it has been handed to the operating system. */
  Client say(String text) {
    socket.sendText(text, true).join();
    return this;
  }

  List<String> received() {
    return List.copyOf(received);
  }

  int count() {
    return received.size();
  }

  /** What was said since this client came in, as {@code Ann: Hi}, in the order of arrival. */
  List<String> said() {
    return saidEvents().stream().map(Client::line).toList();
  }

  List<Said> saidEvents() {
    return events().filter(Said.class::isInstance).map(Said.class::cast).toList();
  }

  /** What was said before, as the welcome tells it. */
  List<String> history() {
    return events()
        .limit(1)
        .flatMap(e -> ((Welcome) e).history().stream())
        .map(Client::line)
        .toList();
  }

  private static String line(Said said) {
    return said.name() + ": " + said.text();
  }

  private Stream<Event> events() {
    return received.stream().map(event -> Event.JSON.readValue(event, Event.class));
  }

  void awaitSaid(int count) {
    await(
        name + " to hear " + count,
        () -> assertThat(saidCount).hasValueGreaterThanOrEqualTo(count));
  }

  /** Waits for a message that is this text, or has it in it. */
  void awaitMessage(String text) {
    await(
        name + " to receive " + text,
        () -> assertThat(received).anyMatch(message -> message.contains(text)));
  }

  void awaitCount(int count) {
    await(
        name + " to receive " + count,
        () -> assertThat(received).hasSizeGreaterThanOrEqualTo(count));
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
      received.add(part.toString());
      if (part.indexOf("{\"type\":\"said\"") == 0) {
        saidCount.incrementAndGet();
      }
      part.setLength(0);
    }
    webSocket.request(1);
    return null;
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
    socket.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
  }
}
