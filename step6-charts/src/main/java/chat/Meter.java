package chat;

import chat.Event.Measured;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Measures each second of the chat: what is said and received in it, and how long every member
 * takes to answer a ping. It remembers the last five minutes.
 *
 * @param <M> what stands for a member
 */
final class Meter<M> {

  private static final int KEPT = 300; // seconds
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  /** The last ping that a member has answered, by its time, and how long that took. */
  private record Answer(long ping, long delay) {}

  private final LongSupplier clock; // nanoseconds
  private final Deque<Measured> last = new ArrayDeque<>();
  private final Map<M, Answer> answers = new HashMap<>();
  private long ping; // when the last one was sent
  private int said;
  private long bytes;

  Meter(LongSupplier clock) {
    this.clock = clock;
    ping();
  }

  /** A message of this length has been received, whatever is in it. */
  synchronized void received(int length) {
    bytes += length;
  }

  /** Everybody has been told a message. */
  synchronized void said() {
    said++;
  }

  /** Everybody is sent a ping now, which carries this: its time. The pong brings it back. */
  synchronized long ping() {
    ping = clock.getAsLong();
    return ping;
  }

  /** Ignores pongs that answer no ping of ours, and old ones: a client may send any (5.5.3). */
  synchronized void pong(M member, long sent) {
    Answer before = answers.get(member);
    if (before != null && sent - before.ping > 0 && ping - sent >= 0) {
      answers.put(member, new Answer(sent, clock.getAsLong() - sent));
    }
  }

  /** The second ends, and the next one begins. */
  synchronized Measured measure(Map<M, String> names) {
    Map<String, Double> delay = new LinkedHashMap<>();
    names.forEach(
        (member, name) -> {
          // Of a newcomer nothing is known: the next ping is the first that it has to answer.
          Answer before = answers.putIfAbsent(member, new Answer(ping, 0));
          if (before != null) {
            delay.put(name, delay(before));
          }
        });
    answers.keySet().retainAll(names.keySet());
    Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    last.add(new Measured(now, names.size(), said, bytes, medianAndSlowest(delay)));
    if (last.size() > KEPT) {
      last.remove();
    }
    Measured measured = new Measured(now, names.size(), said, bytes, delay);
    said = 0;
    bytes = 0;
    return measured;
  }

  /** Newcomers get only the median and the slowest delay, to keep the welcome small. */
  private static Map<String, Double> medianAndSlowest(Map<String, Double> delay) {
    var sorted = delay.entrySet().stream().sorted(Map.Entry.comparingByValue()).toList();
    int slowest = sorted.size() - 1;
    return slowest < 1 ? delay : Map.ofEntries(sorted.get(slowest / 2), sorted.get(slowest));
  }

  /** In milliseconds. A member that has not answered yet takes at least as long as until now. */
  private double delay(Answer answer) {
    long delay = answer.delay;
    if (answer.ping != ping) { // the ping behind it was sent a second later
      delay = Math.max(delay, clock.getAsLong() - answer.ping - SECOND);
    }
    return Math.round(delay / 100_000.0) / 10.0;
  }

  /** The last five minutes, oldest second first. */
  synchronized List<Measured> last() {
    return List.copyOf(last);
  }
}
