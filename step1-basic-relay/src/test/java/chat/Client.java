package chat;

import static chat.Waiting.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;

/** A well-behaved client: the JDK's own, which has nothing in common with the server's library. */
final class Client implements WebSocket.Listener, AutoCloseable {

  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final String name;
  private final List<String> received = new CopyOnWriteArrayList<>();
  private final StringBuilder part = new StringBuilder();
  private final CompletableFuture<String> closed = new CompletableFuture<>();
  private final WebSocket socket;

  Client(String name, URI server) {
    this.name = name;
    socket = HTTP.newWebSocketBuilder().buildAsync(server, this).join();
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
