package chat;

import static chat.Waiting.await;
import static chat.Waiting.inOwnThread;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.java_websocket.WebSocketImpl;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes over the wire, seen by clients that share no code with the server. */
class WireTest {

  @TempDir private Path folder;
  private RunningChat chat;

  @BeforeEach
  void start() throws Exception {
    chat = new RunningChat(folder.resolve("archive.jsonl"));
  }

  @AfterEach
  void stop() throws Exception {
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
  void theNewcomerIsWelcomedAndTheOthersAreTold() {
    Client ann = new Client("Ann", chat.webSocket());
    Client boris = new Client("Boris", chat.webSocket());
    ann.awaitCount(2);
    assertThat(ann.received())
        .containsExactly(welcome("Ann", "Ann"), "{\"type\":\"joined\",\"name\":\"Boris\"}");
    assertThat(boris.received()).containsExactly(welcome("Boris", "Ann", "Boris"));
  }

  @Test
  void aMessageHasAnIdAndATimeAndItsSendersName() {
    Client ann = new Client("Ann", chat.webSocket());
    ann.say("Hi").say("Hi again");
    ann.awaitSaid(2);
    String at = "\"20\\d\\d-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d[.0-9]*Z\"";
    assertThat(ann.received().get(1))
        .matches(
            "\\{\"type\":\"said\",\"id\":1,\"at\":" + at + ",\"name\":\"Ann\",\"text\":\"Hi\"}");
    assertThat(ann.received().get(2)).startsWith("{\"type\":\"said\",\"id\":2,\"at\":");
  }

  @Test
  void theNewcomerHearsTheLastFiftyMessages() {
    Client ann = new Client("Ann", chat.webSocket());
    for (int i = 1; i <= 60; i++) {
      ann.say("message " + i);
    }
    ann.awaitSaid(60);
    Client boris = new Client("Boris", chat.webSocket());
    assertThat(boris.history())
        .isEqualTo(IntStream.rangeClosed(11, 60).mapToObj(i -> "Ann: message " + i).toList());
  }

  @Test
  void theArchiveSurvivesARestart() throws Exception {
    Client ann = new Client("Ann", chat.webSocket());
    ann.say("before the restart");
    ann.awaitSaid(1);
    chat.close();
    chat = new RunningChat(folder.resolve("archive.jsonl"));
    Client boris = new Client("Boris", chat.webSocket());
    assertThat(boris.history()).containsExactly("Ann: before the restart");
    boris.say("after it");
    boris.awaitMessage("\"id\":2,");
  }

  @Test
  void withoutAnArchiveTheNewcomerHearsNothingOfBefore() throws Exception {
    chat.close();
    Path archive = folder.resolve("none.jsonl");
    chat = new RunningChat(0, archive, 0);
    Client ann = new Client("Ann", chat.webSocket());
    ann.say("Hi");
    ann.awaitSaid(1);
    assertThat(new Client("Boris", chat.webSocket()).history()).isEmpty();
    assertThat(archive).doesNotExist();
  }

  /** The seam: what is old for a newcomer and what is new for it, together, are all there is. */
  @Test
  void sixtyClientsJoinWhileFourSpeakAndNobodyMissesOrDoublesAMessage() throws Exception {
    chat.close();
    chat = new RunningChat(0, folder.resolve("long.jsonl"), 1000);
    int rounds = 200;
    AtomicInteger round = new AtomicInteger();
    AtomicInteger joined = new AtomicInteger();
    List<Client> speakers =
        IntStream.range(0, 4).mapToObj(i -> new Client("speaker " + i, chat.webSocket())).toList();
    CompletableFuture<?> talk =
        inOwnThread(
            () -> {
              while (round.get() < rounds) {
                int n = round.getAndIncrement();
                speakers.forEach(speaker -> speaker.say("message " + n));
                await(
                    "joiners, before round " + n,
                    () -> assertThat(joined.get()).isGreaterThanOrEqualTo((n - 20) * 60 / rounds));
              }
            });
    List<Client> joiners = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      int n = i;
      await(
          "the talk, before client " + i,
          () -> assertThat(round.get()).isGreaterThan(n * rounds / 60));
      joiners.add(new Client("joiner " + i, chat.webSocket()));
      joined.incrementAndGet();
    }
    talk.join();
    speakers.get(0).say("the end");
    for (Client client : joiners) {
      client.awaitMessage(said("speaker 0", "the end"));
    }
    speakers.get(0).awaitMessage(said("speaker 0", "the end"));
    List<String> all = speakers.get(0).said();
    assertThat(all).hasSize(4 * rounds + 1).doesNotHaveDuplicates();
    int seams = 0;
    for (Client client : joiners) {
      List<String> known = new ArrayList<>(client.history());
      seams += known.isEmpty() || known.size() == all.size() ? 0 : 1;
      known.addAll(client.said());
      assertThat(known).isEqualTo(all);
    }
    assertThat(seams).as("clients that came in the middle of the talk").isGreaterThan(30);
  }

  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "/dev/full is a device of Linux")
  void aFullDiskClosesTheSenderWith1011AndTheChatLivesOn() throws Exception {
    chat.close();
    chat = new RunningChat(Path.of("/dev/full"));
    Client ann = new Client("Ann", chat.webSocket());
    Client boris = new Client("Boris", chat.webSocket());
    ann.awaitCount(2);
    ann.say("lost?");
    assertThat(ann.awaitClose()).isEqualTo("1011 Your message could not be saved.");
    boris.awaitMessage(left("Ann"));
    assertThat(boris.said()).isEmpty();
    assertThat(new Client("Ann", chat.webSocket()).history()).isEmpty();
  }

  @Test
  void aMessageReachesEverybodyAndItsSenderWithTheSendersName() {
    Client ann = new Client("Ann", chat.webSocket());
    Client boris = new Client("Boris", chat.webSocket());
    ann.say("Hi");
    ann.awaitMessage(said("Ann", "Hi"));
    boris.awaitMessage(said("Ann", "Hi"));
  }

  @Test
  void whoLeavesIsMissedByTheOthers() {
    Client ann = new Client("Ann", chat.webSocket());
    new Client("Boris", chat.webSocket()).close();
    ann.awaitMessage(left("Boris"));
    new Client("Clara", chat.webSocket()).vanish();
    ann.awaitMessage(left("Clara"));
  }

  @Test
  void whoHasNotGivenANameHearsNothingAndIsNotHere() throws Exception {
    try (RawClient stranger = new RawClient(chat.port())) {
      stranger.handshake();
      Client ann = new Client("Ann", chat.webSocket());
      ann.say("secret");
      ann.awaitMessage(said("Ann", "secret"));
      stranger.send(RawClient.frame(1, "Boris".getBytes(StandardCharsets.UTF_8)));
      assertThat(new String(stranger.readFrame(), StandardCharsets.UTF_8))
          .startsWith("{\"type\":\"welcome\",\"name\":\"Boris\",\"online\":[\"Ann\",\"Boris\"],");
      assertThat(ann.received().get(0)).isEqualTo(welcome("Ann", "Ann"));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "   ",
        "123456789012345678901234567890123",
        "a\tb",
        "a\nb",
        "\u202egnikcah",
        "Ann\u200b",
        "a\u0000",
        "a\u2028b"
      })
  void aBadNameIsRefusedWith4001(String name) throws Exception {
    Client ann = new Client("Ann", chat.webSocket());
    Client bad = new Client("somebody", chat.webSocket(), name);
    assertThat(bad.awaitClose())
        .isEqualTo("4001 A name has 1 to 32 characters, and no invisible ones.");
    assertThat(bad.received()).isEmpty();
    ann.say("barrier");
    ann.awaitMessage(said("Ann", "barrier"));
    assertThat(ann.said()).containsExactly("Ann: barrier");
    assertThat(ann.count()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Ann", "ann", " ANN ", "\uff21nn"})
  void aNameThatIsTakenIsRefusedWith4002UntilItsOwnerLeaves(String name) throws Exception {
    Client ann = new Client("Ann", chat.webSocket());
    Client boris = new Client("Boris", chat.webSocket());
    Client second = new Client("second Ann", chat.webSocket(), name);
    assertThat(second.awaitClose()).isEqualTo("4002 Somebody with this name is here already.");
    assertThat(second.received()).isEmpty();
    ann.close();
    boris.awaitMessage(left("Ann"));
    new Client("third Ann", chat.webSocket(), name).awaitCount(1);
  }

  @Test
  void nobodyCanSpeakInTheNameOfAnother() {
    Client ann = new Client("Ann", chat.webSocket());
    Client boris = new Client("Boris", chat.webSocket());
    String forged = "{\"type\":\"said\",\"name\":\"Ann\",\"text\":\"I am Ann\"}";
    boris.say(forged);
    ann.awaitSaid(1);
    assertThat(ann.said()).containsExactly("Boris: " + forged);
  }

  @Test
  void aBlankMessageReachesNobody() {
    Client ann = new Client("Ann", chat.webSocket());
    ann.say("").say(" \t\n").say("after the blank ones");
    ann.awaitMessage(said("Ann", "after the blank ones"));
    assertThat(ann.said()).containsExactly("Ann: after the blank ones");
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
      client.awaitSaid(5000);
      assertThat(client.said()).isEqualTo(clients.get(0).said());
    }
    assertThat(new HashSet<>(clients.get(0).said())).hasSize(5000);
  }

  @Test
  void sixteenKibibytesPassAndOneByteMoreClosesThatClientOnly() throws Exception {
    Client ann = new Client("Ann", chat.webSocket());
    Client boris = new Client("Boris", chat.webSocket());
    String longest = "é".repeat(8 * 1024);
    ann.say(longest);
    boris.awaitMessage(said("Ann", longest));
    ann.say(longest + "!");
    assertThat(ann.awaitClose()).startsWith("1009");
    boris.say("still here");
    boris.awaitMessage(said("Boris", "still here"));
    assertThat(boris.said()).containsExactly("Ann: " + longest, "Boris: still here");
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
    ann.awaitMessage(said("Ann", "still here"));
    assertThat(ann.said()).containsExactly("Ann: still here");
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
      sleeper.send(RawClient.frame(1, "Sleeper".getBytes(StandardCharsets.UTF_8)));
      ann.awaitMessage("{\"type\":\"joined\",\"name\":\"Sleeper\"}");
      String text = "x".repeat(16 * 1024);
      int said = 0;
      long most = 0;
      while (chat.server.getConnections().size() == 3) {
        assertThat(said).as("messages said while the sleeper was not cut").isLessThan(5000);
        ann.say(text);
        said++;
        ann.awaitSaid(said);
        boris.awaitSaid(said);
        most = Math.max(most, bytesQueued());
      }
      assertThat(most).isLessThan(2L * ChatServer.MAX_QUEUE);
      assertThat(sleeper.isCut()).isTrue();
    }
    boris.say("after the sleeper");
    ann.awaitMessage(said("Boris", "after the sleeper"));
    assertThat(ann.received()).contains(left("Sleeper"));
  }

  private long bytesQueued() {
    return chat.server.getConnections().stream()
        .flatMap(connection -> ((WebSocketImpl) connection).outQueue.stream())
        .mapToLong(ByteBuffer::remaining)
        .sum();
  }

  @Test
  void twoHundredClientsThatConnectAndVanishLeaveNobodyBehind() throws Exception {
    Client ann = new Client("Ann", chat.webSocket());
    for (int i = 0; i < 200; i++) {
      RawClient raw = new RawClient(chat.port());
      if (i % 2 == 0) {
        raw.handshake();
      }
      raw.send(RawClient.frame(1, ("ghost " + i).getBytes(StandardCharsets.UTF_8)));
      raw.reset();
    }
    await("the ghosts to be gone", () -> assertThat(chat.server.getConnections()).hasSize(1));
    await(
        "everybody who joined to have left",
        () ->
            assertThat(ann.received().stream().filter(event -> event.contains("joined")).count())
                .isEqualTo(
                    ann.received().stream().filter(event -> event.contains("left")).count()));
    Client boris = new Client("Boris", chat.webSocket());
    assertThat(boris.received().get(0)).isEqualTo(welcome("Boris", "Ann", "Boris"));
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

  private static String welcome(String name, String... online) {
    return "{\"type\":\"welcome\",\"name\":\"%s\",\"online\":[\"%s\"],\"history\":[]}"
        .formatted(name, String.join("\",\"", online));
  }

  /** The end of a message: its id and its time come before. */
  private static String said(String name, String text) {
    return ",\"name\":\"%s\",\"text\":\"%s\"}".formatted(name, text);
  }

  private static String left(String name) {
    return "{\"type\":\"left\",\"name\":\"%s\"}".formatted(name);
  }
}
