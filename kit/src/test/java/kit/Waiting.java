package kit;

import static org.awaitility.pollinterval.IterativePollInterval.iterative;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.awaitility.core.ThrowingRunnable;

/** Waits for the thing itself; when it does not come, says who waited for what. */
public final class Waiting {

  private static final Duration SHORTEST = Duration.ofSeconds(2);

  /** {@code -Dchat.patience=5} (seconds) is for a chat that lacks much. */
  private static Duration patience = Duration.ofSeconds(Integer.getInteger("chat.patience", 15));

  private Waiting() {}

  /** How long something may take to come. */
  static Duration patience() {
    return patience;
  }

  /**
   * A reader of the book runs one test, to see it fail first, so it must not take long. How fast
   * the machine is shows in the time in which it has started the chat.
   */
  static void startTook(Duration start) {
    if (isRung() && System.getProperty("chat.patience") == null) {
      Duration longer = start.multipliedBy(4);
      patience = longer.compareTo(SHORTEST) > 0 ? longer : SHORTEST;
    }
  }

  private static boolean isRung() {
    String folder = Path.of("").toAbsolutePath().getFileName().toString();
    return folder.endsWith("-mine")
        && System.getProperty("test", "").matches(".+#.+|ThreeTabsTest");
  }

  public static void await(String whoForWhat, ThrowingRunnable assertion) {
    try {
      Awaitility.await()
          .pollDelay(Duration.ZERO)
          .pollInterval(iterative(Waiting::longer, Duration.ofMillis(5)))
          .atMost(patience)
          .untilAsserted(assertion);
    } catch (ConditionTimeoutException e) {
      Throwable last = e.getCause() == null ? e : e.getCause();
      String what = "Waited in vain for " + whoForWhat + (whoForWhat.endsWith(".") ? "" : ".");
      String why = last.getMessage() == null ? "" : "\n" + Texts.shortened(last.getMessage());
      throw new AssertionError(what + why, last);
    }
  }

  /** To look costs time too, in a browser 10 ms: who waits long, looks less often. */
  private static Duration longer(Duration last) {
    return last.toMillis() < 100 ? last.multipliedBy(2) : last;
  }

  /** Begins this in a thread of its own: the common pool may have only one, which must not wait. */
  public static CompletableFuture<Void> inOwnThread(Runnable task) {
    return CompletableFuture.runAsync(task, work -> new Thread(work).start());
  }
}
