package kit;

import static kit.Waiting.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** From step 6 on, over the wire: what the server measures and tells once a second. */
@Steps(from = 6, to = 6)
class MeasuredTest extends Check {

  private static Instant at(JsonNode measured) {
    return Instant.parse(measured.path("at").asString());
  }

  private static JsonNode last(List<JsonNode> measured) {
    return measured.get(measured.size() - 1);
  }

  /** Beginning with this one. */
  private static long sum(List<JsonNode> measured, int first, String what) {
    return measured.stream().skip(first).mapToLong(second -> second.path(what).asLong()).sum();
  }

  /** Below 0, as long as nothing is known. */
  private static double delay(Client client, String whose) {
    return client.measured().isEmpty()
        ? -1
        : last(client.measured()).path("delay").path(whose).asDouble(-1);
  }

  @Test
  void onceASecondEverybodyIsToldTheSame() throws Exception {
    Client ann = client("Ann");
    Client boris = client("Boris");
    boris.awaitMeasured(3);
    List<JsonNode> three = boris.measured().subList(0, 3);
    assertThat(Duration.between(at(three.get(0)), at(three.get(2))).toMillis())
        .as("ms for two seconds")
        .isBetween(1500L, 5000L);
    assertThat(three.get(2).path("online").asInt()).as("who is here").isEqualTo(2);
    await("Ann to be told the same", () -> assertThat(ann.measured()).containsAll(three));
  }

  @Test
  void whoComesLateIsToldTheLastMinutes() throws Exception {
    Client ann = client("Ann");
    client("Boris").say("Hi");
    ann.awaitMeasured(3);
    List<JsonNode> three = ann.measured().subList(0, 3);
    JsonNode welcome = client("Clara").events().get(0);
    List<JsonNode> told =
        StreamSupport.stream(welcome.path("measured").spliterator(), false).toList();
    assertThat(told).as("the last seconds").hasSizeBetween(3, 300);
    assertThat(told).extracting(MeasuredTest::at).isSorted();
    assertThat(told)
        .extracting(MeasuredTest::at)
        .containsAll(three.stream().map(MeasuredTest::at).toList());
    assertThat(sum(told, 0, "said")).as("said in them").isPositive();
    assertThat(told).as("a few delays only").allMatch(one -> one.path("delay").size() <= 2);
  }

  @Test
  void itCountsWhatIsSaidAndTheBytesOfWhatIsHeardTextAndBinary() throws Exception {
    Client ann = client("Ann");
    RawClient boris = raw("Boris");
    int before = ann.measured().size() + 2; // the first of these may have been on its way
    ann.awaitMeasured(before); // both names are counted
    ann.say("é").say("two").say(" "); // a blank one is heard, and not said
    ann.awaitSaid(2);
    boris.send(RawClient.frame(RawClient.BINARY, new byte[1000])); // a part of a picture
    await(
        "two messages to be counted",
        () -> assertThat(sum(ann.measured(), before, "said")).isEqualTo(2));
    await(
        "all bytes to be counted",
        () -> assertThat(sum(ann.measured(), before, "bytes")).isEqualTo(2 + 3 + 1 + 1000));
  }

  @Test
  void whoAnswersLateHasADelayThatIsAsLong() throws Exception {
    Client ann = client("Ann");
    String name = fresh("Late");
    RawClient late = closed(RawClient.join(name, chat().socket()));
    AtomicReference<byte[]> last = new AtomicReference<>(ping(late));
    await(
        "the delay to be a second",
        () -> {
          byte[] next = ping(late); // a second after the last one, which is answered only now
          late.send(RawClient.frame(RawClient.PONG, last.getAndSet(next)));
          assertThat(delay(ann, name)).isBetween(900.0, 1900.0);
        });
    await(
        "the delay to shrink",
        () -> {
          late.send(RawClient.frame(RawClient.PONG, ping(late)));
          assertThat(delay(ann, name)).isBetween(0.0, 800.0);
        });
    String quick = ann.events().get(0).path("name").asString();
    await(
        "the delay of who answers at once",
        () -> assertThat(delay(ann, quick)).isBetween(0.0, 800.0));
  }

  /** The next ping that has a payload: our server's library sends some without. */
  private static byte[] ping(RawClient client) throws Exception {
    RawClient.Frame frame = client.next();
    while (frame.opcode() != RawClient.PING || frame.payload().length == 0) {
      frame = client.next();
    }
    return frame.payload();
  }

  @Test
  void theDelayOfWhoDoesNotAnswerGrowsWhateverPongsItSends() throws Exception {
    Client ann = client("Ann");
    String name = fresh("Hostile");
    RawClient hostile = closed(RawClient.join(name, chat().socket()));
    byte[] wrong = ping(hostile);
    wrong[0] ^= 1;
    hostile.send(RawClient.frame(RawClient.PONG, wrong));
    Random random = new Random(1);
    for (int length = 0; length <= 125; length++) {
      byte[] pong = new byte[length];
      hostile.send(RawClient.frame(RawClient.PONG, pong));
      Arrays.fill(pong, (byte) 0xff);
      hostile.send(RawClient.frame(RawClient.PONG, pong));
      random.nextBytes(pong);
      hostile.send(RawClient.frame(RawClient.PONG, pong));
    }
    await("the delay to grow", () -> assertThat(delay(ann, name)).isBetween(1500.0, 20_000.0));
    hostile.send(RawClient.frame(RawClient.TEXT, "still here"));
    ann.awaitSaid(name + ": still here");
  }
}
