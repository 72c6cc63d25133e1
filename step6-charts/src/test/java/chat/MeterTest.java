package chat;

import static org.assertj.core.api.Assertions.assertThat;

import chat.Event.Measured;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import kit.Checklist;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The meter without a network: a member is a string here, and the test sets the clock. */
@ExtendWith(Checklist.class)
class MeterTest {

  private long now = Long.MAX_VALUE - TimeUnit.SECONDS.toNanos(3); // nanoTime may overflow
  private final Meter<String> meter = new Meter<>(() -> now);
  private final Map<String, String> names = new LinkedHashMap<>();
  private long ping; // the payload of the last one

  private void later(long milliseconds) {
    now += TimeUnit.MILLISECONDS.toNanos(milliseconds);
  }

  /** A second passes, then all members get the next ping. */
  private Measured second() {
    later(1000);
    Measured measured = meter.measure(names);
    ping = meter.ping();
    return measured;
  }

  @Test
  void messagesAndBytesCountForTheirSecondOnly() {
    names.put("a", "Ann");
    meter.received(3);
    meter.received(4096);
    meter.said();
    Measured first = second();
    assertThat(first.said()).isEqualTo(1);
    assertThat(first.bytes()).isEqualTo(4099);
    assertThat(first.online()).isEqualTo(1);
    Measured second = second();
    assertThat(second.said()).isZero();
    assertThat(second.bytes()).isZero();
  }

  @Test
  void aDelayIsTheTimeFromThePingToItsPong() {
    names.put("a", "Ann");
    assertThat(second().delay()).as("before the first ping").isEmpty();
    later(42);
    meter.pong("a", ping);
    assertThat(second().delay()).isEqualTo(Map.of("Ann", 42.0));
  }

  @Test
  void theDelayOfASilentMemberGrowsEachSecond() {
    names.put("a", "Ann");
    second();
    for (int seconds = 1; seconds < 10; seconds++) {
      assertThat(second().delay()).isEqualTo(Map.of("Ann", seconds * 1000.0));
    }
  }

  @Test
  void aMemberThatAnswersThreeSecondsLaterHasThatDelay() {
    names.put("a", "Ann");
    Deque<Long> unanswered = new ArrayDeque<>();
    for (int i = 0; i < 20; i++) {
      Measured measured = second();
      if (i > 3) {
        assertThat(measured.delay()).isEqualTo(Map.of("Ann", 3000.0));
      }
      unanswered.add(ping);
      if (i >= 3) {
        meter.pong("a", unanswered.remove());
      }
    }
  }

  @Test
  void aMemberThatAnswersOnlyTheLastPingIsNotLate() {
    names.put("a", "Ann");
    second();
    second();
    second();
    later(5);
    meter.pong("a", ping);
    assertThat(second().delay()).isEqualTo(Map.of("Ann", 5.0));
  }

  @Test
  void anUnaskedPongChangesNothing() {
    names.put("a", "Ann");
    second();
    later(7);
    meter.pong("a", ping);
    Random random = new Random(1);
    for (int i = 0; i < 100_000; i++) {
      meter.pong("a", random.nextLong());
    }
    for (long wrong :
        new long[] {0, -1, ping, ping - 1, ping + 1, now, Long.MIN_VALUE, Long.MAX_VALUE}) {
      meter.pong("a", wrong);
    }
    meter.pong("nobody", ping);
    assertThat(second().delay()).isEqualTo(Map.of("Ann", 7.0));
  }

  @Test
  void lateJoinersGetOnlyTheMedianAndTheSlowestDelay() {
    names.put("a", "Ann");
    names.put("b", "Boris");
    names.put("c", "Clara");
    second();
    later(1);
    meter.pong("a", ping);
    later(1);
    meter.pong("b", ping);
    later(500);
    meter.pong("c", ping);
    Measured measured = second();
    assertThat(measured.delay())
        .containsExactly(Map.entry("Ann", 1.0), Map.entry("Boris", 2.0), Map.entry("Clara", 502.0));
    assertThat(meter.last())
        .last()
        .isEqualTo(new Measured(measured.at(), 3, 0, 0, Map.of("Boris", 2.0, "Clara", 502.0)));
  }

  @Test
  void aMemberThatHasLeftIsForgotten() {
    names.put("a", "Ann");
    second();
    names.remove("a");
    assertThat(second().delay()).isEmpty();
    names.put("a", "Ann");
    assertThat(second().delay()).as("of a newcomer").isEmpty();
  }

  @Test
  void theLastFiveMinutesAreKeptAlsoWithoutMembers() {
    for (int i = 0; i < 301; i++) {
      meter.received(i);
      second();
    }
    assertThat(meter.last()).hasSize(300);
    assertThat(meter.last().get(0).bytes()).isEqualTo(1);
    assertThat(meter.last().get(299).bytes()).isEqualTo(300);
  }
}
