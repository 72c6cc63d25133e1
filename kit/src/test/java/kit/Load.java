package kit;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Texts of 100 characters for a chat, in one of two shapes. It is all done by one thread. */
final class Load implements AutoCloseable {

  /**
   * How many receive, how many of them send, and how many texts may be on their way at once.
   *
   * @param senders speak in turn
   * @param window a text more is sent only when its sender has received enough of the others
   */
  record Shape(String name, int receivers, int senders, int window) {

    /** Three users; each text is answered by the next. */
    static final Shape TABS = new Shape("three tabs", 3, 1, 1);

    static final Shape CROWD = new Shape("crowd of 100, 4 of them send", 100, 4, 32);
  }

  private static final String TEXT = "x".repeat(100);
  private static final Duration LONGEST = Duration.ofSeconds(10); // without anything

  private final Shape shape;
  private final Selector selector = Selector.open();
  private final List<LoadClient> clients = new ArrayList<>();

  Load(Subject chat, int step, Shape shape) throws IOException {
    this.shape = shape;
    for (int i = 0; i < shape.receivers(); i++) {
      clients.add(new LoadClient(chat, step, Check.fresh("load"), selector));
    }
    long end = System.nanoTime() + LONGEST.toNanos();
    while (!clients.stream().allMatch(LoadClient::isWelcome)) {
      read(20); // milliseconds
      if (System.nanoTime() > end) {
        throw new IOException("The chat has not welcomed all users.");
      }
    }
  }

  /** Sends for so long; returns how many messages were received, by all together. */
  long run(Duration time) throws IOException {
    long before = said();
    List<Long> begin = clients.stream().map(LoadClient::said).toList();
    long end = System.nanoTime() + time.toNanos();
    long sent = 0;
    while (System.nanoTime() < end) {
      int sender = (int) (sent % shape.senders());
      // In the shape of three tabs, all must have received the last text before the next one.
      long received =
          shape.window() == 1 ? least(begin) : clients.get(sender).said() - begin.get(sender);
      if (sent - received < shape.window()) {
        clients.get(sender).send(TEXT);
        sent++;
        read(0);
      } else if (!read(LONGEST.toMillis())) {
        throw new IOException("The chat sends nothing any more.");
      }
    }
    while (least(begin) < sent) {
      if (!read(LONGEST.toMillis())) {
        throw new IOException("The chat has lost a text.");
      }
    }
    return said() - before;
  }

  private long least(List<Long> begin) {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < clients.size(); i++) {
      least = Math.min(least, clients.get(i).said() - begin.get(i));
    }
    return least;
  }

  private long said() {
    return clients.stream().mapToLong(LoadClient::said).sum();
  }

  /** Reads what is there; waits at most this long (milliseconds) for the first. */
  private boolean read(long wait) throws IOException {
    int ready = wait == 0 ? selector.selectNow() : selector.select(wait);
    for (SelectionKey key : selector.selectedKeys()) {
      ((LoadClient) key.attachment()).read();
    }
    selector.selectedKeys().clear();
    return ready > 0;
  }

  @Override
  public void close() throws IOException {
    for (LoadClient client : clients) {
      client.close();
    }
    selector.close();
  }

  /** What a process has used so far of all processors. */
  static long cpuMicros(ProcessHandle process) {
    return TimeUnit.NANOSECONDS.toMicros(
        process.info().totalCpuDuration().orElse(Duration.ZERO).toNanos());
  }
}
