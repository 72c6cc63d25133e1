package kit;

import static kit.Waiting.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import kit.Client.Snapshot;
import org.junit.jupiter.api.Test;

/** From step 5 on: snapshots on a slow line, of many senders, and of one that floods. */
@Steps(from = 5, to = 6)
@LongProof
class VideoLoadTest extends Check {

  /** The time from what somebody did to what somebody else got, in seconds, of many. */
  private static final class Delays {

    private final Map<Object, Long> begun = new ConcurrentHashMap<>();
    private final List<Double> all = new CopyOnWriteArrayList<>();

    void begin(Object what) {
      begun.put(what, System.nanoTime());
    }

    double end(Object what) {
      double delay = (System.nanoTime() - begun.get(what)) / 1e9;
      all.add(delay);
      return delay;
    }

    double median() {
      return all.stream().sorted().toList().get(all.size() / 2);
    }

    double longest() {
      return all.stream().max(Double::compare).orElseThrow();
    }

    @Override
    public String toString() {
      return "%d, median %.3f s, longest %.3f s".formatted(all.size(), median(), longest());
    }
  }

  /**
   * A viewer behind a line that is too slow for all snapshots: it reads 60 kB a second of 120, and
   * then nothing for a while.
   */
  private final class SlowViewer {

    private static final int RATE = 6_000; // bytes in 0.1 s

    private final RawClient client;
    private final Semaphore line = new Semaphore(0); // bytes that may pass
    private final Delays texts = new Delays();
    private final Delays pictures = new Delays();
    private volatile boolean isStalled;
    private volatile int pings;
    private volatile int stale; // pictures older than a second, since it was stalled

    SlowViewer() throws Exception {
      client = closed(RawClient.slow(fresh("slow"), chat().socket()));
      Waiting.inOwnThread(this::watch);
    }

    void tick() {
      if (!isStalled && line.availablePermits() < 3 * RATE) { // more than the largest frame
        line.release(RATE);
      }
    }

    private void watch() {
      try {
        while (true) {
          RawClient.Frame frame = client.next();
          line.acquire(frame.payload().length);
          if (frame.opcode() == RawClient.BINARY) {
            ByteBuffer message = ByteBuffer.wrap(frame.payload());
            message.position(2 + message.get(1));
            if (pictures.end(message.slice()) > 1) {
              stale++;
            }
            client.send(RawClient.frame(RawClient.BINARY, new byte[] {3}));
          } else if (frame.opcode() == RawClient.PING) {
            client.send(RawClient.frame(RawClient.PONG, frame.payload()));
            pings++;
          } else if (frame.isOf("said")) {
            texts.end(frame.event().path("text").asString());
          }
        }
      } catch (IOException | InterruptedException e) {
        // the check has ended
      }
    }
  }

  @Test
  void aViewerOnASlowLineGetsFewerPicturesAndNeitherLaterOnesNorLateTexts() throws Exception {
    Client ann = client("Ann");
    Client boris = client("Boris");
    Client fast = client("fast");
    SlowViewer slow = new SlowViewer();
    ScheduledExecutorService clock = Executors.newScheduledThreadPool(2);
    closed(clock::shutdownNow);
    AtomicInteger count = new AtomicInteger();
    clock.scheduleAtFixedRate(
        () -> {
          byte[] picture = VideoTest.numbered(count.incrementAndGet(), 12_000);
          slow.pictures.begin(ByteBuffer.wrap(picture));
          ann.snapshot(picture);
          String text = "text " + count;
          slow.texts.begin(text);
          boris.say(text);
        },
        0,
        100,
        TimeUnit.MILLISECONDS);
    clock.scheduleAtFixedRate(slow::tick, 0, 100, TimeUnit.MILLISECONDS);
    drawAlways(fast);
    awaitCount(count, 100);
    assertThat(slow.texts.median()).as("the delay of texts: " + slow.texts).isLessThan(0.3);
    assertThat(slow.pictures.median()).as("their age: " + slow.pictures).isLessThan(0.5);
    int pings = slow.pings; // right behind one: who answers none for 22 seconds is closed
    int latest = count.get() + 300; // in 30 seconds, there are two
    while (slow.pings == pings && count.get() < latest) {
      awaitCount(count, count.get() + 1);
    }
    assertThat(slow.pings).as("pings that the slow viewer got").isGreaterThan(pings);
    slow.isStalled = true;
    slow.stale = 0;
    int begin = count.get();
    awaitCount(count, begin + 200);
    int before = slow.pictures.all.size();
    slow.isStalled = false;
    awaitCount(count, begin + 250);
    assertThat(slow.pictures.all.size() - before).as("pictures after it").isGreaterThan(10);
    assertThat(slow.stale).as("pictures from before it").isLessThanOrEqualTo(1);
    assertThat(fast.snapshots()).as("what a fast viewer got").hasSizeGreaterThan(begin + 230);
  }

  private static void awaitCount(AtomicInteger count, int least) {
    while (count.get() < least) {
      int next = Math.min(least, count.get() + 25); // one after another: it takes its time
      await("picture " + next, () -> assertThat(count.get()).isGreaterThanOrEqualTo(next));
    }
  }

  /** Draws all that comes, as a page that is seen does. */
  private void drawAlways(Client viewer) {
    AtomicInteger drawn = new AtomicInteger();
    ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    closed(clock::shutdownNow);
    clock.scheduleAtFixedRate(
        () -> {
          if (viewer.snapshots().size() > drawn.get()) {
            drawn.incrementAndGet();
            viewer.drawn();
          }
        },
        0,
        5,
        TimeUnit.MILLISECONDS);
  }

  @Test
  void whileSixSendAndOneSendsAsFastAsItCanTextsAreNotLateAndNobodyIsLeftOut() throws Exception {
    List<Client> senders = new ArrayList<>();
    List<Client> viewers = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      senders.add(client("sender"));
      viewers.add(client("viewer"));
      drawAlways(viewers.get(i));
    }
    Client boris = client("Boris");
    ScheduledExecutorService clock = Executors.newScheduledThreadPool(2);
    closed(clock::shutdownNow);
    AtomicInteger count = new AtomicInteger();
    Delays texts = new Delays();
    clock.scheduleAtFixedRate(
        () -> {
          int number = count.incrementAndGet();
          senders.forEach(sender -> sender.snapshot(VideoTest.numbered(number, 12_000)));
        },
        0,
        100,
        TimeUnit.MILLISECONDS);
    measureTexts(boris, viewers.get(0), texts, 50);
    assertThat(texts.median()).as("the delay of texts: " + texts).isLessThan(0.2);
    for (Client viewer : viewers) {
      for (Client sender : senders) {
        assertThat(viewer.snapshots().stream().map(Snapshot::name))
            .filteredOn(sender.name()::equals)
            .hasSizeGreaterThan(count.get() / 2);
      }
    }
    Client greedy = client("greedy");
    byte[] picture = VideoTest.numbered(0, 2_000);
    AtomicBoolean isOver = new AtomicBoolean();
    closed(() -> isOver.set(true));
    Waiting.inOwnThread(
        () -> {
          while (!isOver.get()) {
            greedy.snapshot(picture);
          }
        });
    Delays flooded = new Delays();
    int before = viewers.get(0).snapshots().size();
    measureTexts(boris, viewers.get(0), flooded, 50);
    List<Snapshot> shown = viewers.get(0).snapshots();
    Map<String, Long> counts =
        shown.subList(before, shown.size()).stream()
            .collect(Collectors.groupingBy(Snapshot::name, Collectors.counting()));
    assertThat(flooded.median()).as("the delay of texts: " + flooded).isLessThan(0.2);
    assertThat(counts).as("who was shown, how often").hasSize(7);
  }

  /** One says something, and when the other has heard it, the next thing. */
  private static void measureTexts(Client speaker, Client listener, Delays texts, int times) {
    for (int i = 0; i < times; i++) {
      String text = fresh("measured");
      texts.begin(text);
      speaker.say(text);
      await(
          listener.name() + " to hear " + text,
          () -> assertThat(listener.said().contains(speaker.line(text))).isTrue());
      texts.end(text);
    }
  }
}
