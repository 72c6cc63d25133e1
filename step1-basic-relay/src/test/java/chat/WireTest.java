package chat;

import static chat.Waiting.await;
import static chat.Waiting.inOwnThread;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.java_websocket.WebSocketImpl;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes over the wire, seen by clients that share no code with the server. */
class WireTest {

  private RunningChat chat;

  @BeforeEach
  void start() throws Exception {
    chat = new RunningChat();
  }

  @AfterEach
  void stop() {
    chat.close();
  }

  @Test
  void theHandshakeOfTheRfcIsAnsweredWithTheRfcsAcceptValue() throws Exception {
    try (RawClient raw = new RawClient(chat.port())) {
      assertThat(raw.handshake())
          .startsWith("HTTP/1.1 101 ")
          .contains("\r\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n");
    }
  }

  @Test
  void aMessageReachesEverybodyAndItsSender() {
    Client ann = new Client("Ann", chat.webSocket());
    Client boris = new Client("Boris", chat.webSocket());
    ann.say("Hi");
    ann.awaitMessage("Hi");
    boris.awaitMessage("Hi");
  }

  @Test
  void aBlankMessageReachesNobody() {
    Client ann = new Client("Ann", chat.webSocket());
    ann.say("").say(" \t\n").say("after the blank ones");
    ann.awaitMessage("after the blank ones");
    assertThat(ann.received()).containsExactly("after the blank ones");
  }

  @Test
  void fiveThousandMessagesOfFourSpeakersReachTwentyClientsInOneOrder() {
    List<Client> clients =
        IntStream.range(0, 20).mapToObj(i -> new Client("client " + i, chat.webSocket())).toList();
    CompletableFuture.allOf(
            IntStream.range(0, 4)
                .mapToObj(
                    speaker ->
                        inOwnThread(
                            () -> {
                              for (int i = 0; i < 1250; i++) {
                                clients.get(speaker).say(speaker + " says " + i);
                              }
                            }))
                .toArray(CompletableFuture[]::new))
        .join();
    for (Client client : clients) {
      client.awaitCount(5000);
      assertThat(client.received()).isEqualTo(clients.get(0).received());
    }
    assertThat(new HashSet<>(clients.get(0).received())).hasSize(5000);
  }

  @Test
  void sixteenKibibytesPassAndOneByteMoreClosesThatClientOnly() throws Exception {
    Client ann = new Client("Ann", chat.webSocket());
    Client boris = new Client("Boris", chat.webSocket());
    String longest = "é".repeat(8 * 1024);
    ann.say(longest);
    boris.awaitMessage(longest);
    ann.say(longest + "!");
    assertThat(ann.awaitClose()).startsWith("1009");
    boris.say("still here");
    boris.awaitMessage("still here");
    assertThat(boris.received()).containsExactly(longest, "still here");
  }

  @Test
  void invalidUtf8ClosesThatClientWith1007() throws Exception {
    Client ann = new Client("Ann", chat.webSocket());
    try (RawClient raw = new RawClient(chat.port())) {
      raw.handshake();
      raw.send(RawClient.frame(1, new byte[] {(byte) 0xc3, (byte) 0x28}));
      assertThat(raw.readCloseCode()).isEqualTo(1007);
    }
    ann.say("still here");
    ann.awaitMessage("still here");
    assertThat(ann.received()).containsExactly("still here");
  }

  @Test
  void thePageOfThisServerMayConnect() throws Exception {
    try (RawClient raw = new RawClient(chat.port())) {
      assertThat(raw.handshake("Origin: " + chat.address())).startsWith("HTTP/1.1 101 ");
    }
    try (RawClient raw = new RawClient(chat.port())) {
      assertThat(raw.handshake("Origin: http://127.0.0.1:" + chat.pagePort()))
          .startsWith("HTTP/1.1 101 ");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Origin: http://evil.example",
        "Origin: http://evil.example:PORT",
        "Origin: null",
        "Origin:",
        "Origin: http://localhost",
        "Origin: http://localhost:PORT1",
        "Origin: http://localhost:PORT.evil.example",
        "Origin: http://localhost.evil.example:PORT",
        "Origin: http://evil.example/http://localhost:PORT",
        "Origin: https://localhost:PORT",
        "Origin: http://localhost:PORT/",
        "Origin: http://localhost:PORT\r\nOrigin: http://localhost:PORT",
        "origin: http://evil.example\r\nOrigin: http://localhost:PORT",
      })
  void aPageFromElsewhereIsRefused(String header) throws Exception {
    try (RawClient raw = new RawClient(chat.port())) {
      String filled = header.replace("PORT", String.valueOf(chat.pagePort()));
      assertThat(raw.handshake(filled)).startsWith("HTTP/1.1 404 ");
    }
    assertThat(chat.server.getConnections()).isEmpty();
  }

  @Test
  void aClientThatNeverReadsIsCutAndNobodyWaitsForIt() throws Exception {
    Client ann = new Client("Ann", chat.webSocket());
    Client boris = new Client("Boris", chat.webSocket());
    try (RawClient sleeper = new RawClient(chat.port())) {
      sleeper.handshake();
      await("the server to have three", () -> assertThat(chat.server.getConnections()).hasSize(3));
      String text = "x".repeat(16 * 1024);
      int said = 0;
      long most = 0;
      while (chat.server.getConnections().size() == 3) {
        assertThat(said).as("messages said while the sleeper was not cut").isLessThan(5000);
        ann.say(text);
        said++;
        ann.awaitCount(said);
        boris.awaitCount(said);
        most = Math.max(most, bytesQueued());
      }
      assertThat(most).isLessThan(2L * ChatServer.MAX_QUEUE);
      assertThat(sleeper.isCut()).isTrue();
    }
    boris.say("after the sleeper");
    ann.awaitMessage("after the sleeper");
  }

  private long bytesQueued() {
    return chat.server.getConnections().stream()
        .flatMap(connection -> ((WebSocketImpl) connection).outQueue.stream())
        .mapToLong(ByteBuffer::remaining)
        .sum();
  }

  @Test
  void twoHundredClientsThatConnectAndVanishLeaveTheChatAlive() throws Exception {
    Client ann = new Client("Ann", chat.webSocket());
    for (int i = 0; i < 200; i++) {
      RawClient raw = new RawClient(chat.port());
      if (i % 2 == 0) {
        raw.handshake();
        raw.send(RawClient.frame(1, ("vanishing " + i).getBytes(StandardCharsets.UTF_8)));
      }
      raw.reset();
    }
    ann.say("still here");
    ann.awaitMessage("still here");
    await("the vanished to be gone", () -> assertThat(chat.server.getConnections()).hasSize(1));
  }

  @Test
  void stoppingTheServerClosesEveryConnectionWith1001() throws Exception {
    List<Client> clients = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      clients.add(new Client("client " + i, chat.webSocket()));
    }
    chat.close();
    for (Client client : clients) {
      assertThat(client.awaitClose()).isEqualTo("1001 The chat stopped.");
    }
  }
}
