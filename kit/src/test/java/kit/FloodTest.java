package kit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Clients that send more than their share, or are too many; and what a fatal error does. */
@Own
@Plumbing
class FloodTest extends Check {

  private static final Duration MEDIAN_DELAY = Duration.ofMillis(200); // without a rate: seconds

  @Test
  void aFloodIsSlowedDownToItsRateAndNobodyElseWaitsForIt() throws Exception {
    Subject chat = program().subject();
    Client ann = clientNamed("Ann", chat);
    Client boris = clientNamed("Boris", chat);
    RawClient flooder = closed(RawClient.join("Flooder", chat.socket()));
    flood(flooder, RawClient.frame(RawClient.TEXT, "x"), 50_000);
    ann.awaitSaid(100); // the flood has begun
    long begin = System.nanoTime();
    List<Duration> delays = new ArrayList<>();
    for (int i = 0; i < 51; i++) {
      String text = "honest " + i;
      long sent = System.nanoTime();
      ann.say(text);
      boris.awaitSaid(ann.line(text));
      delays.add(Duration.ofNanos(System.nanoTime() - sent));
    }
    Collections.sort(delays);
    assertThat(delays.get(25)).as("from Ann to Boris, median").isLessThan(MEDIAN_DELAY);
    long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begin) + 1;
    assertThat(boris.saidCount() - 51L)
        .as("messages of the flood in " + seconds + " s")
        .isLessThan(400 + 200 * seconds);
    assertThat(ann.isOpen() && boris.isOpen()).as("both are connected").isTrue();
  }

  /** So that a reader with a slow line can follow: 16 KiB a hundred times a second are too much. */
  @Test
  void aFloodOfLongTextsIsSlowedDownInBytes() throws Exception {
    Subject chat = program().subject();
    Client ann = clientNamed("Ann", chat);
    RawClient flooder = closed(RawClient.join("Flooder", chat.socket()));
    long begin = System.nanoTime();
    flood(flooder, RawClient.frame(RawClient.TEXT, "x".repeat(16 * 1024)), 2000);
    ann.awaitSaid(90);
    Duration taken = Duration.ofNanos(System.nanoTime() - begin);
    assertThat(taken).as("for 90 texts of 16 KiB").isGreaterThan(Duration.ofMillis(500));
    assertThat(ann.isOpen()).isTrue();
  }

  /** Its frames wait in the sockets; none is lost, and it is not taken for silent. */
  @Test
  void aClientThatIsSlowedDownLosesNothing() throws Exception {
    Subject chat = program("-Dburst=5", "-Drate=100").subject();
    Client ann = clientNamed("Ann", chat);
    RawClient fast = closed(RawClient.join("Fast", chat.socket()));
    byte[] all = {};
    for (int i = 0; i < 100; i++) {
      all = Drawing.joined(all, RawClient.frame(RawClient.TEXT, "number " + i));
    }
    fast.send(all);
    ann.awaitSaid(100);
    for (int i = 0; i < 100; i++) {
      assertThat(ann.said().get(i)).endsWith("number " + i);
    }
    Client boris = clientNamed("Boris", chat);
    fast.send(RawClient.frame(RawClient.TEXT, "and once more"));
    boris.awaitSaid(1);
  }

  @Test
  void connectionsBeyondTheLimitOfAnAddressAreToldThatTheChatIsFull() throws Exception {
    Subject chat = program("-Dconnections.address=5").subject();
    List<RawClient> five = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      five.add(closed(RawClient.join("user " + i, chat.socket())));
    }
    RawClient sixth = closed(new RawClient(chat.socket()));
    assertThat(sixth.handshake().status()).isEqualTo(101);
    assertThat(sixth.readCloseCode()).isEqualTo(1013);
    five.get(0).reset();
    Waiting.await(
        "a place to be free again", () -> closed(RawClient.join("another", chat.socket())));
  }

  @Test
  void fewerThan500ConnectionsOfOneAddressStayOpen() throws Exception {
    Subject chat = program().subject();
    int open = 0;
    for (int i = 0; i < 330; i++) {
      open += isAccepted(closed(new RawClient(chat.socket()))) ? 1 : 0;
    }
    assertThat(open).isEqualTo(300);
  }

  /** Whether it gets a handshake, and then no close frame. */
  private static boolean isAccepted(RawClient client) {
    try {
      client.handshake();
      client.send(RawClient.frame(RawClient.PING, "?"));
      return client.next().opcode() != RawClient.CLOSE;
    } catch (IOException e) {
      return false;
    }
  }

  /** In a heap of 64 MB; each of them asks for the page, and never ends its request. */
  @Test
  void unfinishedRequestsForThePageFillNeitherMemoryNorThreads() throws Exception {
    Program program = program("-Xmx64m");
    Subject chat = program.subject();
    List<RawClient> slow = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      RawClient one = closed(new RawClient(chat.page()));
      one.send("GET / HTTP/1.1\r\nX: " + "x".repeat(30_000));
      slow.add(one);
    }
    Client ann = clientNamed("Ann", chat);
    clientNamed("Boris", chat).say("Hi");
    ann.awaitSaid(1);
    for (RawClient one : slow) {
      one.reset();
    }
    Waiting.await(
        "the page to be answered again",
        () -> assertThat(Subject.at(chat.page().toString()).socket()).isEqualTo(chat.socket()));
    program.kill();
    assertThat(program.errors()).isEmpty();
  }
}
