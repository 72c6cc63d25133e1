package kit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A client that breaks a rule, by mistake or on purpose, is the only one that pays. */
@Plumbing
@TestMethodOrder(OrderAnnotation.class)
class LimitsTest extends Check {

  private static final int MAX = 16 * 1024;

  /** Two others talk with each other, and have heard nothing but this. */
  private void othersGoOn(Client ann, Client boris) {
    ann.say("still here");
    boris.awaitSaid(ann.line("still here"));
    boris.say("me too");
    ann.awaitSaid(boris.line("me too"));
  }

  @Test
  void sixteenKibibytesOfTextPassInOnePieceAndInMany() throws Exception {
    Client ann = client("Ann");
    RawClient boris = raw("Boris");
    String longest = "é".repeat(MAX / 2);
    ann.say(longest); // the JDK's client sends two frames
    ann.awaitSaid(ann.line(longest));
    byte[] bytes = longest.getBytes(UTF_8);
    boris.send(RawClient.frame(RawClient.TEXT, bytes));
    ann.awaitSaid(2);
    int piece = 101; // odd, so that letters are torn
    for (int at = 0; at < bytes.length; at += piece) {
      boolean last = at + piece >= bytes.length;
      byte[] part = Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + piece));
      boris.send(RawClient.frame((last ? 0x80 : 0) | (at == 0 ? 1 : 0), part.length, part));
    }
    ann.awaitSaid(3);
    assertThat(ann.said()).allMatch(line -> line.endsWith(longest));
  }

  @Test
  void oneByteMoreClosesItsSenderWith1009AndNobodyElse() throws Exception {
    Client ann = client("Ann");
    Client boris = client("Boris");
    Client clara = client("Clara");
    clara.say("é".repeat(MAX / 2) + "!");
    assertThat(clara.awaitClose()).as("the close code").startsWith("1009");
    othersGoOn(ann, boris);
    assertThat(ann.saidCount()).as("the messages that Ann has heard").isEqualTo(2);
  }

  @Test
  void whoOnlyAnnouncesTooMuchIsClosedWith1009() throws Exception {
    for (long announced : new long[] {MAX + 1, 100_000_000L, Long.MAX_VALUE}) {
      RawClient raw = raw("Raw");
      raw.send(RawClient.frame(0x81, announced, new byte[0]));
      assertThat(raw.readCloseCode()).as("announced: " + announced).isEqualTo(1009);
    }
  }

  @Test
  void aMessageInEndlessFragmentsIsClosedWith1009AtSixteenKibibytes() throws Exception {
    Client ann = client("Ann");
    Client boris = client("Boris");
    RawClient raw = raw("Raw");
    raw.send(RawClient.fragment(RawClient.TEXT, new byte[MAX]));
    raw.send(RawClient.fragment(RawClient.CONTINUATION, new byte[1]));
    assertThat(raw.readCloseCode()).isEqualTo(1009);
    othersGoOn(ann, boris);
  }

  @Test
  void fragmentsWithoutEndAreClosedWith1009Or1008AlsoWhenTheyAreEmpty() throws Exception {
    Client ann = client("Ann");
    Client boris = client("Boris");
    RawClient raw = raw("Raw");
    raw.send(RawClient.fragment(RawClient.TEXT, new byte[0]));
    flood(raw, RawClient.fragment(RawClient.CONTINUATION, new byte[0]), 2000);
    assertThat(raw.readCloseCode()).isIn(1009, 1008);
    othersGoOn(ann, boris);
  }

  /** Each of them is looked after in turn; nobody's turn may come again before everybody's. */
  @Test
  void whoIsRefusedIsEndedAtOnceHoweverManyOthersAreNotFinished() throws Exception {
    for (int i = 0; i < 40; i++) {
      rawSocket().send("G");
    }
    for (int i = 0; i < 5; i++) {
      RawClient foreign = rawSocket();
      long begin = System.nanoTime();
      assertThat(foreign.handshake("Origin: http://evil.example").status()).isBetween(400, 499);
      assertThat(foreign.isCut()).isTrue();
      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(2));
    }
  }

  @Test
  void whatStandsBehindACloseFrameIsNotLookedAt() throws Exception {
    RawClient raw = raw("Raw");
    byte[] close = RawClient.frame(RawClient.CLOSE, new byte[] {0x03, (byte) 0xe8});
    raw.send(Drawing.joined(close, new byte[] {(byte) 0x83, 0x05})); // no kind, and no mask
    assertThat(raw.readCloseCode()).isEqualTo(1000);
  }

  @Test
  void aHandshakeOfMoreThan64KibibytesIsEndedAndDelaysNobody() throws Exception {
    Client ann = client("Ann");
    Client boris = client("Boris");
    RawClient slow = rawSocket();
    slow.send("GET " + slow.target() + " HTTP/1.1\r\n");
    RawClient raw = rawSocket();
    raw.send("GET / HTTP/1.1\r\n");
    flood(raw, ("X-Long: " + "x".repeat(65_000) + "\r\n").getBytes(), 100);
    assertThat(raw.isCut()).isTrue();
    // Not by the deadline: who came earlier, and is slower, still has time.
    slow.send("Host: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n");
    slow.send("Sec-WebSocket-Key: " + RawClient.KEY + "\r\nSec-WebSocket-Version: 13\r\n\r\n");
    assertThat(slow.answer().status()).isEqualTo(101);
    othersGoOn(ann, boris);
  }

  @Test
  void nothingIsHeardOfWhatComesBehindACloseFrame() throws Exception {
    Client ann = client("Ann");
    Client boris = client("Boris");
    RawClient raw = raw("Raw");
    byte[] close = RawClient.frame(RawClient.CLOSE, new byte[] {0x03, (byte) 0xe8});
    byte[] text = RawClient.frame(RawClient.TEXT, "behind the end");
    raw.send(Drawing.joined(close, text));
    assertThat(raw.readCloseCode()).isEqualTo(1000);
    othersGoOn(ann, boris);
    assertThat(ann.said()).hasSize(2);
  }

  @Test
  void aClientThatDoesNotReadIsCutAndNobodyWaitsForIt() throws Exception {
    Client ann = client("Ann");
    Client boris = client("Boris");
    RawClient sleeper = closed(RawClient.slow(fresh("Sleeper"), chat().socket()));
    String text = "x".repeat(MAX);
    for (int said = 0; said < 400; ) { // 6 MiB: more than the system's buffers and 1 MiB
      for (int i = 0; i < 20; i++) {
        ann.say(text);
        said++;
      }
      ann.awaitSaid(said);
      boris.awaitSaid(said);
    }
    assertThat(sleeper.isCut()).isTrue();
    othersGoOn(ann, boris);
    if (Subject.STEP > 1) {
      Waiting.await("Ann to miss it", () -> assertThat(ann.told("left")).isNotEmpty());
    }
  }

  /**
   * As if its cable had been pulled out: it reads, and answers nothing. Our server looks every 15
   * seconds, and closes who has not answered for 22.5: that can be 37.5 seconds after it came.
   */
  @Test
  @LongProof // takes as long as it says
  void whoAnswersNoPingIsClosedAndItsNameIsFreeWithinFortySeconds() throws Exception {
    String name = fresh("Silent");
    RawClient silent = closed(RawClient.join(name, chat().socket())).waiting(40);
    long begin = System.nanoTime();
    assertThat(silent.isCut()).isTrue();
    assertThat(System.nanoTime() - begin).as("ns until it is closed").isLessThan(40_000_000_000L);
    assertThat(clientNamed(name).isOpen()).isTrue();
  }

  // Pages from elsewhere (RFC 6455, 10.2).

  @Test
  void thePageOfThisChatMayConnectAndWhoSendsNoOriginToo() throws Exception {
    assertThat(rawSocket().handshake("Origin: " + chat().origin()).status()).isEqualTo(101);
    assertThat(rawSocket().handshake("origin: " + chat().origin()).status()).isEqualTo(101);
    assertThat(rawSocket().handshake().status()).isEqualTo(101);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Origin: http://evil.example",
        "Origin: http://evil.example:PORT",
        "Origin: null",
        "Origin:",
        "Origin: http://HOST",
        "Origin: http://HOST:PORT1",
        "Origin: http://HOST:PORT.evil.example",
        "Origin: http://HOST.evil.example:PORT",
        "Origin: http://evil.example/http://HOST:PORT",
        "Origin: http://evil.example#http://HOST:PORT",
        "Origin: http://HOST:PORT@evil.example",
        "Origin: http://xHOST:PORT",
        "Origin: https://HOST:PORT",
        "Origin: HOST:PORT",
        "Origin: http://HOST:PORT/",
        "Origin: http://HOST:PORT\r\nOrigin: http://evil.example",
        "origin: http://evil.example\r\nOrigin: http://HOST:PORT",
      })
  void aPageFromElsewhereMayNotConnect(String header) throws Exception {
    String filled =
        header
            .replace("HOST", chat().page().getHost())
            .replace("PORT", String.valueOf(chat().page().getPort()));
    RawClient.Answer answer = rawSocket().handshake(filled);
    assertThat(answer.status())
        .withFailMessage(
            () -> "The handshake was answered with " + answer.status() + ", not refused: " + header)
        .isBetween(400, 499);
  }

  // Attacks that need a program of their own: it may hold 64 MB only.

  @Test
  @Own
  void manyHeadersThatAnnounceAHundredMegabytesCostOnlyTheirSenders() throws Exception {
    Program program = program("-Xmx64m");
    Subject chat = program.subject();
    Client ann = clientNamed("Ann", chat);
    Client boris = clientNamed("Boris", chat);
    for (int i = 0; i < 20; i++) {
      RawClient raw = closed(RawClient.join("raw " + i, chat.socket()));
      raw.send(RawClient.frame(0x81, 100_000_000L, new byte[0]));
      assertThat(raw.readCloseCode()).isEqualTo(1009);
    }
    othersGoOn(ann, boris);
    program.kill();
    assertThat(program.errors()).isEmpty();
  }

  @Test
  @Own
  @LongProof // each of these attacks is tried above, by itself
  void fragmentsHandshakesAndSleepersTogetherDoNotFillTheMemory() throws Exception {
    Program program = program("-Xmx64m");
    Subject chat = program.subject();
    Client ann = clientNamed("Ann", chat);
    Client boris = clientNamed("Boris", chat);
    List<RawClient> cut = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      RawClient fragments = closed(RawClient.join("fragments " + i, chat.socket()));
      fragments.send(RawClient.fragment(RawClient.TEXT, "x".getBytes()));
      flood(fragments, RawClient.fragment(RawClient.CONTINUATION, new byte[MAX - 2]), 2000);
      RawClient handshake = closed(new RawClient(chat.socket()));
      flood(handshake, "X-Long: xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\r\n".getBytes(), 200_000);
      cut.addAll(List.of(fragments, handshake));
      RawClient pings = closed(RawClient.join("pings " + i, chat.socket()));
      flood(pings, RawClient.frame(RawClient.PING, new byte[125]), 100_000);
    }
    for (RawClient client : cut) {
      assertThat(client.isCut()).isTrue();
    }
    othersGoOn(ann, boris);
    program.kill();
    assertThat(program.errors()).isEmpty();
  }

  // This one takes as long as the deadline, so it begins before all others and ends behind them.

  private static RawClient undecided;

  @BeforeAll
  static void connectAndSayAlmostNothing() throws Exception {
    undecided = new RawClient(chat().socket());
    undecided.send("GET / HTTP/1.1\r\nHost: ");
  }

  @Test
  @Order(Integer.MAX_VALUE)
  void aConnectionThatDoesNotFinishItsHandshakeInFiveSecondsIsEnded() throws Exception {
    assertThat(undecided.isCut()).isTrue();
    undecided.close();
  }
}
