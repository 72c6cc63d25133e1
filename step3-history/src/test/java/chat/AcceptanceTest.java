package chat;

import static chat.Waiting.inOwnThread;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import chat.Event.Said;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What a chat of this step does, whoever wrote it: nothing here looks inside. */
@ExtendWith(Checklist.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class AcceptanceTest {

  private static final Random RANDOM = new Random();
  private static Subject chat;
  private static Browser browser;
  private final List<Client> clients = new ArrayList<>();

  @BeforeAll
  static void open(@TempDir Path folder) throws Exception {
    chat = new Subject("-Dhistory.file=" + folder.resolve("archive.jsonl"));
    browser = new Browser();
  }

  @AfterAll
  static void close() throws Exception {
    if (browser != null) {
      browser.close();
    }
    chat.close();
  }

  @AfterEach
  void everybodyLeaves() {
    browser.closeTabs();
    clients.stream().filter(Client::isOpen).forEach(Client::vanish);
  }

  /** Comes in under this name, and is welcomed. */
  private Client client(String name) {
    Client client = new Client(name, chat.webSocket());
    clients.add(client);
    return client;
  }

  private Client knock(String name) {
    Client client = new Client("somebody", chat.webSocket(), name);
    clients.add(client);
    return client;
  }

  /** Names that nobody has: an earlier check's users may still be leaving. */
  private static String fresh(String name) {
    return name + " " + Integer.toHexString(RANDOM.nextInt(0x10000000));
  }

  @Test
  @Order(1)
  @Tag("article")
  void thePageAsksForANameAndSaysThatItIsConnected() {
    Tab ann = browser.visit(fresh("Ann"), chat.page());
    assertThat(ann.isAtDoor()).as("the page asks for a name").isTrue();
    ann.enter();
  }

  @Test
  @Order(2)
  @Tag("article")
  void whatOneTabSaysAllThreeShowWithItsName() {
    String a = fresh("Ann");
    String b = fresh("Boris");
    String said = fresh("Hi");
    Tab ann = browser.open(a, chat.page());
    Tab boris = browser.open(b, chat.page());
    Tab clara = browser.open(fresh("Clara"), chat.page());
    ann.say(said);
    List.of(ann, boris, clara).forEach(tab -> tab.awaitMessage(a + ": " + said));
    boris.say(said);
    List.of(ann, boris, clara).forEach(tab -> tab.awaitMessage(b + ": " + said));
  }

  @Test
  @Order(9)
  @Tag("book")
  void aNewcomerSeesTheLastMessagesMarkedAsEarlierOnes() {
    String a = fresh("Ann");
    Tab ann = browser.open(a, chat.page());
    ann.say("before");
    ann.awaitMessage(a + ": before");
    Tab dora = browser.open(fresh("Dora"), chat.page());
    ann.say("after");
    dora.awaitMessage(a + ": after");
    assertThat(dora.earlierMessages().contains(a + ": before")).as("marked as earlier").isTrue();
    assertThat(dora.earlierMessages().contains(a + ": after")).as("marked as earlier").isFalse();
  }

  @Test
  @Order(10)
  @Tag("book")
  void thePageShowsWhoIsHereAndWhoHasLeft() {
    String a = fresh("Ann");
    String b = fresh("Boris");
    Tab ann = browser.open(a, chat.page());
    Tab boris = browser.open(b, chat.page());
    ann.awaitOnline(a, b);
    boris.awaitOnline(a, b);
    boris.close();
    ann.awaitOnline(a);
  }

  @Test
  @Order(11)
  @Tag("book")
  void aReloadKeepsTheName() {
    String b = fresh("Boris");
    Tab boris = browser.open(b, chat.page());
    boris.reload();
    boris.awaitStatus("Connected as " + b);
  }

  @Test
  @Order(12)
  @Tag("book")
  void theNewcomerIsWelcomedFirstAndTheOthersAreTold() {
    String a = fresh("Ann");
    String b = fresh("Boris");
    Client ann = client(a);
    Client boris = client(b);
    boris.awaitCount(1);
    assertThat(boris.received().get(0))
        .startsWith("{\"type\":\"welcome\",\"name\":\"" + b + "\",\"online\":[")
        .contains("\"" + a + "\"", "\"" + b + "\"]");
    ann.awaitMessage("{\"type\":\"joined\",\"name\":\"" + b + "\"}");
  }

  @Test
  @Order(13)
  @Tag("book")
  void whoLeavesIsMissedByTheOthers() {
    String b = fresh("Boris");
    Client ann = client(fresh("Ann"));
    client(b).vanish();
    ann.awaitMessage("{\"type\":\"left\",\"name\":\"" + b + "\"}");
  }

  @Test
  @Order(14)
  @Tag("book")
  void aNameThatIsTakenIsRefusedWith4002WhateverItsCase() throws Exception {
    String a = fresh("Ann");
    client(a);
    Client second = knock(a.toUpperCase(Locale.ROOT));
    assertThat(second.awaitClose()).as("the close code").startsWith("4002");
    assertThat(second.received()).isEmpty();
  }

  @Test
  @Order(15)
  @Tag("book")
  void aBadNameIsRefusedWith4001() throws Exception {
    for (String name : List.of("  ", "x".repeat(33), "a\tb", "\u202ennA")) {
      assertThat(knock(name).awaitClose()).as("the close code").startsWith("4001");
    }
  }

  @Test
  @Order(16)
  @Tag("book")
  void nobodyCanSpeakInTheNameOfAnother() {
    String b = fresh("Boris");
    Client ann = client(fresh("Ann"));
    Client boris = client(b);
    String forged = "{\"type\":\"said\",\"name\":\"Ann\",\"text\":\"I am Ann\"}";
    boris.say(forged);
    ann.awaitSaid(1);
    assertThat(ann.said()).containsExactly(b + ": " + forged);
  }

  @Test
  @Order(17)
  @Tag("book")
  void whoHasNotGivenANameHearsNothing() throws Exception {
    try (RawClient stranger = chat.rawChat()) {
      stranger.handshake();
      Client ann = client(fresh("Ann"));
      ann.say("secret");
      ann.awaitSaid(1);
      stranger.send(RawClient.frame(1, fresh("Boris").getBytes(UTF_8)));
      assertThat(new String(stranger.readFrame(), UTF_8)).startsWith("{\"type\":\"welcome\",");
    }
  }

  @Test
  @Order(18)
  @Tag("book")
  void everybodyReceivesAllMessagesOfFourSpeakersInOneOrder() {
    List<Client> all = IntStream.range(0, 10).mapToObj(i -> client(fresh("client " + i))).toList();
    CompletableFuture.allOf(
            IntStream.range(0, 4)
                .mapToObj(i -> inOwnThread(() -> speak(all.get(i))))
                .toArray(CompletableFuture[]::new))
        .join();
    for (Client client : all) {
      client.awaitSaid(1000);
      assertThat(firstDifference(client.said(), all.get(0).said()))
          .as("where two clients have received the messages in another order")
          .isEqualTo("nowhere");
    }
  }

  private static void speak(Client client) {
    for (int i = 0; i < 250; i++) {
      client.say("message " + i);
    }
  }

  private static String firstDifference(List<String> a, List<String> b) {
    for (int i = 0; i < Math.min(a.size(), b.size()); i++) {
      if (!a.get(i).equals(b.get(i))) {
        return "message %d: \"%s\" and \"%s\"".formatted(i, a.get(i), b.get(i));
      }
    }
    return a.size() == b.size() ? "nowhere" : a.size() + " and " + b.size() + " messages";
  }

  @Test
  @Order(19)
  @Tag("book")
  void htmlInANameAndInAMessageIsShownAsText() {
    String evil = "<img src=x>" + RANDOM.nextInt(1000);
    Tab ann = browser.open(fresh("Ann"), chat.page());
    Client other = client(evil);
    other.say("<img src=x onerror=\"document.title='hacked'\">");
    ann.awaitMessage(evil + ": <img src=x onerror=\"document.title='hacked'\">");
    assertThat(ann.script("return document.querySelectorAll('main img').length")).isEqualTo(0L);
  }

  @Test
  @Order(20)
  @Tag("book")
  void aBlankMessageReachesNobody() {
    Client ann = client(fresh("Ann"));
    ann.say(" \t").say("after the blank one");
    ann.awaitSaid(1);
    assertThat(ann.said().get(0)).endsWith(": after the blank one");
  }

  @Test
  @Order(21)
  @Tag("book")
  void oneByteMoreThanSixteenKibibytesClosesItsSenderWith1009AndNobodyElse() throws Exception {
    String a = fresh("Ann");
    Client ann = client(a);
    Client boris = client(fresh("Boris"));
    String longest = "é".repeat(8 * 1024);
    ann.say(longest);
    boris.awaitMessage(longest);
    ann.say(longest + "!");
    assertThat(ann.awaitClose()).as("the close code").startsWith("1009");
    boris.say("still here");
    boris.awaitSaid(2);
    assertThat(boris.said().get(1)).endsWith(": still here");
  }

  @Test
  @Order(22)
  @Tag("book")
  void whoOnlyAnnouncesTooMuchIsClosedWith1009() throws Exception {
    try (RawClient raw = chat.rawChat()) {
      raw.handshake();
      ByteBuffer header = ByteBuffer.allocate(14).put((byte) 0x81).put((byte) 0xff);
      raw.send(header.putLong(100_000_000L).putInt(0).array());
      assertThat(raw.readCloseCode()).as("the close code").isEqualTo(1009);
    }
  }

  @Test
  @Order(23)
  @Tag("book")
  void aPageFromElsewhereMayNotConnect() throws Exception {
    try (RawClient raw = chat.rawChat()) {
      assertThat(raw.handshake("Origin: http://evil.example")).doesNotStartWith("HTTP/1.1 101 ");
    }
  }

  @Test
  @Order(24)
  @Tag("book")
  void anotherPathIsNotFound() throws Exception {
    assertThat(answer("GET", "/../pom.xml")).matches("(?s)HTTP/1.1 40[04] .*");
  }

  @Test
  @Order(25)
  @Tag("book")
  void anotherMethodIsNotAllowedAndTheAnswerSaysWhichAre() throws Exception {
    assertThat(answer("POST", "/")).startsWith("HTTP/1.1 405 ").contains("Allow: GET, HEAD");
  }

  @Test
  @Order(26)
  @Tag("book")
  void whoSendsInvalidTextIsClosedWith1007AndTheChatGoesOn() throws Exception {
    Client ann = client(fresh("Ann"));
    try (RawClient raw = chat.rawChat()) {
      raw.handshake();
      raw.send(RawClient.frame(1, new byte[] {(byte) 0xc3, (byte) 0x28}));
      assertThat(raw.readCloseCode()).as("the close code").isEqualTo(1007);
    }
    ann.say("still here");
    ann.awaitMessage("\"still here\"");
  }

  private static String answer(String method, String path) throws Exception {
    try (RawClient raw = chat.rawPage()) {
      raw.send(method + " " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
      return raw.head();
    }
  }

  @Test
  @Order(27)
  @Tag("book")
  void idsCountUpByOneAndTimesAreUtc() {
    Client ann = client(fresh("Ann"));
    ann.say("one").say("two");
    ann.awaitSaid(2);
    List<Said> said = ann.saidEvents();
    assertThat(said.get(1).id()).as("the second id").isEqualTo(said.get(0).id() + 1);
    assertThat(ann.received().get(1)).containsPattern("\"at\":\"20\\d\\d-[^\"]+Z\"");
  }

  @Test
  @Order(28)
  @Tag("book")
  void whoComesInWhileOthersSpeakMissesNothingAtTheSeamAndHearsNothingTwice() {
    List<Client> speakers =
        IntStream.range(0, 2).mapToObj(i -> client(fresh("speaker " + i))).toList();
    List<Client> joiners = new ArrayList<>();
    for (int round = 0; round < 20; round++) {
      for (Client speaker : speakers) {
        speaker.say("seam " + round);
      }
      joiners.add(client(fresh("joiner")));
    }
    speakers.get(0).say("the end");
    speakers.get(0).awaitMessage("\"the end\"");
    List<String> all = speakers.get(0).said();
    for (Client joiner : joiners) {
      joiner.awaitMessage("\"the end\"");
      List<String> known = new ArrayList<>(joiner.history());
      known.addAll(joiner.said());
      assertThat(known.subList(Math.max(0, known.size() - all.size()), known.size()))
          .as("old and live messages of a client that came in while others spoke")
          .isEqualTo(all);
    }
  }
}
