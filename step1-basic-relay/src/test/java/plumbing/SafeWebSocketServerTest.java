package plumbing;

import static kit.Waiting.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Logger;
import kit.Checklist;
import kit.RawClient;
import org.java_websocket.WebSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What stands behind the lesson, seen from inside: queues, ghosts, errors, the end. */
@ExtendWith(Checklist.class)
class SafeWebSocketServerTest {

  /** Passes messages on, and counts its callbacks. */
  private static final class Echo extends SafeWebSocketServer {

    final AtomicInteger closed = new AtomicInteger();
    final AtomicInteger handled = new AtomicInteger();
    volatile CountDownLatch wait = new CountDownLatch(0);

    Echo() throws Exception {
      super(new Host("localhost").endpoint(0, List.of()));
    }

    @Override
    public void onMessage(WebSocket browser, String text) {
      handled.incrementAndGet();
      if (text.equals("fail")) {
        throw new IllegalStateException("as a mistake would");
      }
      try {
        wait.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      broadcast(text);
    }

    @Override
    public void onClose(WebSocket browser, int code, String reason, boolean byBrowser) {
      closed.incrementAndGet();
    }
  }

  private Echo server;

  @BeforeEach
  void start() throws Exception {
    System.setProperty("rate", "0"); // some tests send thousands of messages
    server = new Echo();
    server.start();
  }

  @AfterEach
  void stop() throws Exception {
    server.stop(1000);
  }

  private RawClient client() throws Exception {
    RawClient client = new RawClient(URI.create("ws://localhost:" + server.getPort() + "/"));
    assertThat(client.handshake().status()).isEqualTo(101);
    return client;
  }

  @Test
  void aSlowReaderIsCutWhenItsQueueIsFull() throws Exception {
    byte[] message = RawClient.frame(RawClient.TEXT, "x".repeat(16 * 1024));
    try (RawClient reader = client();
        RawClient sleeper = client()) {
      await("both", () -> assertThat(server.getConnections()).hasSize(2));
      long most = 0;
      for (int said = 0; server.getConnections().size() == 2; said++) {
        assertThat(said).as("messages said while the sleeper was not cut").isLessThan(5000);
        reader.send(message);
        reader.read();
        most = Math.max(most, bytesQueued());
      }
      assertThat(most).isBetween(Connection.MAX_QUEUE / 2L, (long) Connection.MAX_QUEUE);
      assertThat(sleeper.isCut()).isTrue();
      reader.send(RawClient.frame(RawClient.TEXT, "after the sleeper"));
      assertThat(new String(reader.read().payload())).isEqualTo("after the sleeper");
    }
  }

  /** Those of the connection that has most. */
  private long bytesQueued() {
    return server.getConnections().stream()
        .map(connection -> ((Connection) connection).outQueue.stream())
        .mapToLong(queue -> queue.mapToLong(ByteBuffer::remaining).sum())
        .max()
        .orElse(0);
  }

  /** Healthy, but slower than what is said: everything arrives, whole and in order. */
  @Test
  void aSlowerReaderGetsEverythingInOrder() throws Exception {
    try (RawClient speaker = client();
        RawClient listener = client()) {
      await("both", () -> assertThat(server.getConnections()).hasSize(2));
      for (int round = 0; round < 20; round++) {
        for (int i = 0; i < 60; i++) {
          speaker.send(RawClient.frame(RawClient.TEXT, round + " " + i + " " + "x".repeat(16_000)));
          speaker.read();
        }
        for (int i = 0; i < 60; i++) {
          assertThat(new String(listener.read().payload())).startsWith(round + " " + i + " ");
        }
      }
    }
  }

  @Test
  void clientsThatVanishDoNotStayConnected() throws Exception {
    for (int i = 0; i < 300; i++) {
      RawClient ghost = new RawClient(URI.create("ws://localhost:" + server.getPort() + "/"));
      ghost.send(
          "GET / HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
              + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n");
      if (i % 3 == 0) {
        ghost.answer();
        ghost.send(RawClient.frame(RawClient.TEXT, "boo"));
      }
      ghost.reset();
    }
    RawClient barrier = client(); // all that came before it is decoded
    await("the ghosts to be gone", () -> assertThat(server.getConnections()).hasSize(1));
    barrier.close();
  }

  /** onClose comes while the message is still being handled; its end must be told once more. */
  @Test
  void onCloseIsCalledAgainWhenTheClientVanishedDuringOnMessage() throws Exception {
    client().close(); // with few connections the library reads nothing while one is heard
    client().close();
    await("both to be gone", () -> assertThat(server.closed).hasValue(2));
    server.closed.set(0);
    server.wait = new CountDownLatch(1);
    RawClient ghost = client();
    ghost.send(RawClient.frame(RawClient.TEXT, "boo"));
    await("the message to be heard", () -> assertThat(server.handled).hasValue(1));
    ghost.reset();
    await("the end of the connection", () -> assertThat(server.closed).hasValue(1));
    server.wait.countDown();
    await("the end, told again", () -> assertThat(server.closed).hasValue(2));
  }

  /** It is logged, so that its author sees it. */
  @Test
  void anExceptionInOnMessageIsLoggedAndClosesNoConnection() throws Exception {
    List<String> logged = new ArrayList<>();
    Logger log = Logger.getLogger(SafeWebSocketServer.class.getName());
    log.setUseParentHandlers(false);
    log.setFilter(
        line -> {
          logged.add(line.getMessage() + " " + line.getThrown().getMessage());
          return false;
        });
    try (RawClient client = client()) {
      client.send(RawClient.frame(RawClient.TEXT, "fail"));
      client.send(RawClient.frame(RawClient.TEXT, "still here"));
      assertThat(new String(client.read().payload())).isEqualTo("still here");
      assertThat(logged).containsExactly("A message could not be handled. as a mistake would");
    } finally {
      log.setFilter(null);
      log.setUseParentHandlers(true);
    }
  }

  @Test
  void everyBrowserIsClosedWith1001WhenTheServerStops() throws Exception {
    for (int round = 0; round < 20; round++) {
      List<RawClient> clients = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        clients.add(client());
      }
      await("all of them", () -> assertThat(server.getConnections()).hasSize(5));
      server.stop(1000);
      for (RawClient client : clients) {
        assertThat(client.readCloseCode()).isEqualTo(1001);
        client.close();
      }
      start();
    }
  }

  /** Whose first message is more than the virtual machine can bear. */
  static final class Bomb extends SafeWebSocketServer {

    Bomb() throws Exception {
      super(new Host("localhost").endpoint(0, List.of()));
    }

    @Override
    public void onMessage(WebSocket browser, String text) {
      throw new OutOfMemoryError("as if");
    }

    public static void main(String[] args) throws Exception {
      Bomb bomb = new Bomb();
      bomb.start();
      System.out.println(bomb.getPort());
    }
  }

  @Test
  void aFatalErrorEndsTheProgramWithOneSentence() throws Exception {
    Process program =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                Bomb.class.getName())
            .start();
    try {
      String port = program.inputReader().readLine();
      RawClient client = new RawClient(URI.create("ws://localhost:" + port + "/"));
      client.handshake();
      client.send(RawClient.frame(RawClient.TEXT, "boom"));
      assertThat(program.waitFor(15, TimeUnit.SECONDS)).as("the program to end").isTrue();
      assertThat(program.exitValue()).isEqualTo(FatalError.EXIT_CODE);
      assertThat(program.errorReader().lines())
          .containsExactly(
              "The chat had to stop: java.lang.OutOfMemoryError: as if. Start it again.");
      client.close();
    } finally {
      program.destroyForcibly();
    }
  }
}
