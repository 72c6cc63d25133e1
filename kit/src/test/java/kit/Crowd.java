package kit;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/**
 * Many users at once in any chat: {@code mvn -q -f kit -Pcrowd -Dchat.url=http://localhost:8080
 * -Dchat.step=1}. All of them speak in turn; at the end a table and a picture say how late the
 * texts came, and whether one was lost, doubled, or out of order. Settings: {@code
 * -Dcrowd.users=100}, {@code -Dcrowd.rate=1} (texts of each user in a second), {@code
 * -Dcrowd.seconds=10}.
 */
public final class Crowd {

  private static final long MOST = 5_000_000; // texts received, by all users together
  private static final int PATIENCE = 5; // seconds in which nothing comes any more
  private static final int BAR = 40; // characters

  /** Latencies in microseconds, the shortest first. */
  record Result(int users, int said, int[] latencies, long lost, long doubled, long outOfOrder) {

    boolean isPerfect() {
      return lost + doubled + outOfOrder == 0;
    }

    /** The latency that this part of the texts did not exceed, in milliseconds. */
    double percentile(double part) {
      int last = latencies.length - 1;
      return last < 0 ? 0 : latencies[(int) Math.round(part * last)] / 1000.0;
    }

    String table() {
      return """
          users              %,9d
          texts said         %,9d
          texts received     %,9d
          latency, median    %,9.1f ms
          latency, 99 %%      %,9.1f ms
          latency, maximum   %,9.1f ms
          lost               %,9d
          doubled            %,9d
          out of order       %,9d"""
          .formatted(
              users,
              said,
              latencies.length,
              percentile(0.5),
              percentile(0.99),
              percentile(1),
              lost,
              doubled,
              outOfOrder);
    }
  }

  private final List<CrowdUser> users = new ArrayList<>();
  private final Subject chat;
  private final int size;
  private final int rate;
  private final int seconds;
  private final PrintStream screen; // shows the progress

  Crowd(Subject chat, int size, int rate, int seconds, PrintStream screen) {
    this.screen = screen;
    this.chat = chat;
    this.size = size;
    this.rate = rate;
    this.seconds = seconds;
    if ((long) size * texts() > MOST) {
      throw new IllegalArgumentException(
          "%,d users would receive %,d texts each, and together more than %,d. Take fewer users, a lower rate or fewer seconds."
              .formatted(size, texts(), MOST));
    }
  }

  public static void main(String[] args) {
    try {
      Subject chat = Subject.at(System.getProperty("chat.url", "http://localhost:8080"));
      int size = number("crowd.users", 100, 1000);
      int rate = number("crowd.rate", 1, 100);
      Crowd crowd = new Crowd(chat, size, rate, number("crowd.seconds", 10, 60), System.out);
      System.out.println(crowd.plan());
      Result result = crowd.run();
      System.out.println("\n" + result.table());
      Path folder = Path.of(System.getProperty("demo.folder", "target/demo")).toAbsolutePath();
      Path picture = Files.createDirectories(folder).resolve("crowd.svg");
      Files.writeString(picture, CrowdPicture.of(result));
      System.out.println("As a picture: " + picture.toUri());
      System.exit(result.isPerfect() ? 0 : 1);
    } catch (Exception | ExceptionInInitializerError e) {
      Throwable reason = e instanceof ExceptionInInitializerError ? e.getCause() : e;
      System.err.println(reason.getMessage());
      System.exit(2);
    }
  }

  private static int number(String name, int usual, int most) {
    String text = System.getProperty(name, String.valueOf(usual));
    if (!text.matches("[0-9]{1,4}")
        || Integer.parseInt(text) < 1
        || Integer.parseInt(text) > most) {
      throw new IllegalArgumentException(
          "%s must be a number from 1 to %d, not \"%s\".".formatted(name, most, text));
    }
    return Integer.parseInt(text);
  }

  private int texts() {
    return size * rate * seconds;
  }

  String plan() {
    return "%,d users join the chat at %s. For %d s, each says %d texts a second: %,d texts are said, and %,d received."
        .formatted(size, chat.page(), seconds, rate, texts(), (long) size * texts());
  }

  Result run() throws Exception {
    String mark = "crowd-" + ThreadLocalRandom.current().nextInt(1_000_000);
    try {
      for (int i = 1; i <= size; i++) {
        join(mark + "-" + i, mark);
        show("joined", i, size, "");
      }
      speak();
      awaitAll();
      return result();
    } finally {
      users.forEach(CrowdUser::leave);
    }
  }

  private void join(String name, String mark) throws Exception {
    try {
      CrowdUser user = new CrowdUser(name, chat.socket(), mark, texts() + texts() / 10 + 10);
      users.add(user);
      user.joined.get(PATIENCE, TimeUnit.SECONDS);
    } catch (CompletionException | ExecutionException e) {
      throw new IOException(
          "\nUser %d of %d cannot join: %s"
              .formatted(users.size(), size, e.getCause().getMessage()));
    } catch (TimeoutException e) {
      throw new IOException("\nUser %d of %d is not welcomed.".formatted(users.size(), size));
    }
  }

  /** In turn, at even intervals. */
  private void speak() {
    long begin = System.nanoTime();
    for (int i = 0; i < texts(); i++) {
      long planned = begin + i * TimeUnit.SECONDS.toNanos(seconds) / texts();
      while (System.nanoTime() < planned) {
        LockSupport.parkNanos(planned - System.nanoTime());
      }
      users.get(i % size).say(i, planned);
      show("said", i + 1, texts(), " %,d received".formatted(received()));
    }
  }

  private long received() {
    return users.stream().mapToLong(CrowdUser::received).sum();
  }

  private void awaitAll() {
    long all = (long) size * texts();
    long last = -1;
    for (long now = received(); now < all && now > last; now = received()) {
      last = now;
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE);
      while (received() == last && System.nanoTime() < end) {
        LockSupport.parkNanos(1_000_000);
      }
    }
  }

  private Result result() {
    int[] latencies = new int[(int) received()];
    int at = 0;
    long lost = 0;
    long doubled = 0;
    long outOfOrder = 0;
    int[] places = places(users.get(0));
    for (CrowdUser user : users) {
      Set<Integer> seen = new HashSet<>();
      int last = -1;
      for (int i = 0; i < user.received(); i++) {
        latencies[at++] = user.latency(i);
        doubled += seen.add(user.number(i)) ? 0 : 1;
        outOfOrder += places[user.number(i)] < last ? 1 : 0;
        last = Math.max(last, places[user.number(i)]);
      }
      lost += texts() - seen.size();
    }
    Arrays.sort(latencies);
    return new Result(size, texts(), latencies, lost, doubled, outOfOrder);
  }

  /** For each text, when the first user received it: the order that all others should see. */
  private int[] places(CrowdUser first) {
    int[] places = new int[texts()];
    for (int i = 0; i < first.received(); i++) {
      places[first.number(i)] = i;
    }
    return places;
  }

  /** A bar that grows in its line. */
  private void show(String what, int now, int all, String more) {
    if (now * 50L / all > (now - 1) * 50L / all) {
      int full = (int) ((long) now * BAR / all);
      screen.printf(
          "\r[%s%s] %,d of %,d %s%s   ",
          "#".repeat(full), ".".repeat(BAR - full), now, all, what, more);
      screen.flush();
    }
  }
}
