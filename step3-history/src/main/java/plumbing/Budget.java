package plumbing;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * How many frames a client may send now: a burst at once, then so many per second. One that is
 * lifted ({@code perSecond} is 0) never runs out. One thread at a time uses it; any may give.
 */
final class Budget {

  private static final double LONG = 5 * 1024; // bytes: a frame of twice as many counts as two
  private static final double SECOND = TimeUnit.SECONDS.toNanos(1);

  private final int burst;
  private final int perSecond;
  private final AtomicInteger given = new AtomicInteger();
  private double frames;
  private long last = System.nanoTime();

  Budget(int burst, int perSecond) {
    this.burst = burst;
    this.perSecond = perSecond;
    frames = burst;
  }

  /** A frame has come; a long one counts as several, or a flood of them would fill the lines. */
  void take(long bytes) {
    frames -= Math.max(1, bytes / LONG);
  }

  /** One frame more is welcome. Never blocks. */
  void give() {
    given.incrementAndGet();
  }

  /** Whether another frame may come now. */
  boolean isLeft() {
    if (perSecond == 0) {
      return true;
    }
    long now = System.nanoTime();
    frames = Math.min(burst, frames + (now - last) / SECOND * perSecond) + given.getAndSet(0);
    last = now;
    return frames >= 1;
  }
}
