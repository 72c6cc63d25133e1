package plumbing;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The frames that are broadcast while more reads wait to be decoded. Each frame is kept once, and
 * each browser is sent its part of them with a single write.
 *
 * <p>This object is also the lock for everything that is written to any connection. Nothing is
 * closed, and no callback is called, while it is held.
 */
final class Round {

  private static final long MAX_QUEUED = Runtime.getRuntime().maxMemory() / 4; // bytes
  private static final int SIZE = 64 * 1024; // bytes
  private static final long MAX_TIME = TimeUnit.MILLISECONDS.toNanos(5);

  /** Held while a read is decoded: one at a time, so there is one order for everybody. */
  final Object decoding = new Object();

  private final ByteBuffer frames = ByteBuffer.allocateDirect(SIZE);
  private final List<Connection> receivers = new ArrayList<>();
  private final AtomicInteger reads = new AtomicInteger(); // that wait, or are being decoded
  private long began;
  private long queued; // bytes that wait for all browsers together

  /** A read waits to be decoded. */
  void readWaits() {
    reads.incrementAndGet();
  }

  /** The last read that waited ends the round. */
  void readDecoded() {
    if (reads.decrementAndGet() == 0) {
      flush();
    }
  }

  /** Sends the frame to all of these browsers, now or at the end of the round. Never blocks. */
  synchronized void broadcast(ByteBuffer frame, Collection<Connection> browsers) {
    if (frame.remaining() > frames.remaining()) {
      flush();
    }
    if (frame.remaining() > SIZE) {
      browsers.forEach(browser -> browser.write(frame.duplicate()));
      return;
    }
    if (receivers.isEmpty()) {
      began = System.nanoTime();
    }
    int from = frames.position();
    frames.put(frame);
    for (Connection browser : browsers) {
      if (browser.extend(from, frames.position())) {
        receivers.add(browser);
      }
    }
    if (!Thread.holdsLock(decoding) || System.nanoTime() - began > MAX_TIME) {
      flush();
    }
  }

  /** So many bytes more wait in the queues, or fewer. The caller holds this lock. */
  void queued(int more) {
    queued += more;
  }

  /** Whether so many bytes more, waiting for slow readers, would take too much of the heap. */
  boolean isFull(int more) {
    return queued + more > MAX_QUEUED;
  }

  /** The frames between these positions. */
  ByteBuffer frames(int from, int to) {
    return frames.duplicate().position(from).limit(to);
  }

  /** Ends the round. */
  synchronized void flush() {
    receivers.forEach(Connection::flush);
    receivers.clear();
    frames.clear();
  }
}
