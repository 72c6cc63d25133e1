package chat;

import static chat.Waiting.inOwnThread;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
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

/** What a chat of this step does, whoever wrote it: nothing here looks inside. */
@ExtendWith(Checklist.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class AcceptanceTest {

  private static Subject chat;
  private static Browser browser;
  private final List<Client> clients = new ArrayList<>();

  @BeforeAll
  static void open() throws Exception {
    chat = new Subject();
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

  private Client client(String name) {
    Client client = new Client(name, chat.webSocket());
    clients.add(client);
    return client;
  }

  @Test
  @Order(1)
  @Tag("article")
  void thePageSaysThatItIsConnected() {
    browser.open("Ann", chat.page());
  }

  @Test
  @Order(2)
  @Tag("article")
  void whatOneTabSaysAllThreeShow() {
    Tab ann = browser.open("Ann", chat.page());
    Tab boris = browser.open("Boris", chat.page());
    Tab clara = browser.open("Clara", chat.page());
    ann.say("I am Ann");
    List.of(ann, boris, clara).forEach(tab -> tab.awaitMessages("I am Ann"));
    boris.say("I am Boris");
    List.of(ann, boris, clara).forEach(tab -> tab.awaitMessages("I am Ann", "I am Boris"));
    clara.say("I am Clara");
    List.of(ann, boris, clara)
        .forEach(tab -> tab.awaitMessages("I am Ann", "I am Boris", "I am Clara"));
  }

  @Test
  @Order(3)
  @Tag("article")
  void aNewcomerSeesNothingOfBefore() {
    Tab ann = browser.open("Ann", chat.page());
    ann.say("before");
    ann.awaitMessages("before");
    Tab dora = browser.open("Dora", chat.page());
    ann.say("after");
    dora.awaitMessages("after");
  }

  @Test
  @Order(4)
  @Tag("article")
  void aMessageReachesTheOthersOverTheWire() {
    Client ann = client("Ann");
    Client boris = client("Boris");
    ann.say("Hi");
    boris.awaitMessage("Hi");
  }

  @Test
  @Order(5)
  @Tag("article")
  void aMessageComesBackToItsSender() {
    Client ann = client("Ann");
    ann.say("Hi");
    ann.awaitMessage("Hi");
  }

  @Test
  @Order(10)
  @Tag("book")
  void everybodyReceivesAllMessagesOfFourSpeakersInOneOrder() {
    List<Client> all = IntStream.range(0, 10).mapToObj(i -> client("client " + i)).toList();
    CompletableFuture.allOf(
            IntStream.range(0, 4)
                .mapToObj(i -> inOwnThread(() -> speak(all.get(i), i)))
                .toArray(CompletableFuture[]::new))
        .join();
    for (Client client : all) {
      client.awaitCount(1000);
      assertThat(firstDifference(client.received(), all.get(0).received()))
          .as("where two clients have received the messages in another order")
          .isEqualTo("nowhere");
    }
  }

  private static void speak(Client client, int speaker) {
    for (int i = 0; i < 250; i++) {
      client.say(speaker + " says " + i);
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
  @Order(11)
  @Tag("book")
  void htmlInAMessageIsShownAsText() {
    Tab ann = browser.open("Ann", chat.page());
    ann.say("<img src=x onerror=\"document.title='hacked'\">");
    ann.awaitMessages("<img src=x onerror=\"document.title='hacked'\">");
    assertThat(ann.script("return document.querySelectorAll('#messages img').length"))
        .isEqualTo(0L);
  }

  @Test
  @Order(12)
  @Tag("book")
  void aBlankMessageReachesNobody() {
    Client ann = client("Ann");
    ann.say(" \t").say("after the blank one");
    ann.awaitMessage("after the blank one");
    assertThat(ann.received()).containsExactly("after the blank one");
  }

  @Test
  @Order(13)
  @Tag("book")
  void sixteenKibibytesPass() {
    Client ann = client("Ann");
    Client boris = client("Boris");
    String longest = "é".repeat(8 * 1024);
    ann.say(longest);
    boris.awaitMessage(longest);
  }

  @Test
  @Order(14)
  @Tag("book")
  void oneByteMoreClosesItsSenderWith1009AndNobodyElse() throws Exception {
    Client ann = client("Ann");
    Client boris = client("Boris");
    ann.say("x".repeat(16 * 1024 + 1));
    assertThat(ann.awaitClose()).as("the close code").startsWith("1009");
    boris.say("still here");
    boris.awaitMessage("still here");
    assertThat(boris.received()).containsExactly("still here");
  }

  @Test
  @Order(15)
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
  @Order(17)
  @Tag("book")
  void aPageFromElsewhereMayNotConnect() throws Exception {
    try (RawClient raw = chat.rawChat()) {
      assertThat(raw.handshake("Origin: http://evil.example")).doesNotStartWith("HTTP/1.1 101 ");
    }
  }

  @Test
  @Order(18)
  @Tag("book")
  void anotherPathIsNotFound() throws Exception {
    assertThat(answer("GET", "/../pom.xml")).matches("(?s)HTTP/1.1 40[04] .*");
  }

  @Test
  @Order(19)
  @Tag("book")
  void anotherMethodIsNotAllowedAndTheAnswerSaysWhichAre() throws Exception {
    assertThat(answer("POST", "/")).startsWith("HTTP/1.1 405 ").contains("Allow: GET, HEAD");
  }

  @Test
  @Order(20)
  @Tag("book")
  void whoSendsInvalidTextIsClosedWith1007AndTheChatGoesOn() throws Exception {
    Client ann = client("Ann");
    try (RawClient raw = chat.rawChat()) {
      raw.handshake();
      raw.send(RawClient.frame(1, new byte[] {(byte) 0xc3, (byte) 0x28}));
      assertThat(raw.readCloseCode()).as("the close code").isEqualTo(1007);
    }
    ann.say("still here");
    ann.awaitMessage("still here");
  }

  private static String answer(String method, String path) throws Exception {
    try (RawClient raw = chat.rawPage()) {
      raw.send(method + " " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
      return raw.head();
    }
  }
}
