package chat;

import static java.util.concurrent.TimeUnit.SECONDS;

import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;

/** Waits for the thing itself; when it does not come, says who waited for what. */
final class Waiting {

  private Waiting() {}

  static void await(String whoForWhat, ThrowingRunnable assertion) {
    Awaitility.await(whoForWhat)
        .pollDelay(java.time.Duration.ZERO)
        .pollInterval(java.time.Duration.ofMillis(20))
        .atMost(15, SECONDS)
        .untilAsserted(assertion);
  }
}
