package chat;

import static java.util.concurrent.TimeUnit.SECONDS;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;

/** Waits for the thing itself; when it does not come, says who waited for what. */
final class Waiting {

  /** Seconds; {@code -Dchat.patience=5} is for those who try a chat that lacks much. */
  static final int PATIENCE = Integer.getInteger("chat.patience", 15);

  private Waiting() {}

  static void await(String whoForWhat, ThrowingRunnable assertion) {
    Awaitility.await(whoForWhat)
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(20))
        .atMost(PATIENCE, SECONDS)
        .untilAsserted(assertion);
  }

  /** Begins this in a thread of its own: the common pool may have only one, which must not wait. */
  static CompletableFuture<Void> inOwnThread(Runnable task) {
    return CompletableFuture.runAsync(task, work -> new Thread(work).start());
  }
}
