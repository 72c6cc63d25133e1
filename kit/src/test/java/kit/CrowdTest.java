package kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.OutputStream;
import java.io.PrintStream;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Forty users speak in turn; nothing is lost, doubled, or in another order for somebody. */
@Own
@Once
class CrowdTest extends Check {

  private static final PrintStream NOTHING = new PrintStream(OutputStream.nullOutputStream());

  @Test
  void aCrowdReceivesEveryTextOnceInOneOrder() throws Exception {
    Crowd.Result result = new Crowd(chat(), 40, 20, 1, NOTHING).run();
    assertThat(result.isPerfect()).as(result.table()).isTrue();
    assertThat(result.latencies()).hasSize(40 * 40 * 20).isSorted();
    assertThat(CrowdPicture.of(result)).startsWith("<svg").contains("40 users");
  }

  @Test
  void aLoadCountsEachTextForEachReceiver() throws Exception {
    try (Load load = new Load(chat(), Subject.STEP, Load.Shape.CROWD)) {
      assertThat(load.run(Duration.ofMillis(200)) % 100).isZero();
    }
  }

  @Test
  void aCrowdThatIsTooLargeIsRefusedWithASentence() throws Exception {
    Subject chat = chat();
    assertThatThrownBy(() -> new Crowd(chat, 1000, 100, 60, NOTHING))
        .hasMessageEndingWith("Take fewer users, a lower rate or fewer seconds.");
  }
}
