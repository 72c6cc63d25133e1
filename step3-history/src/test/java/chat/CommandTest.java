package chat;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The main job, as a reader does it: the README's command, then three tabs. */
class CommandTest {

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "Ctrl-C cannot be sent to a process there")
  void theCommandStartsAChatForThreeTabsAndCtrlCEndsIt(@TempDir Path folder) throws Exception {
    try (Program program = Program.maven("-Dhistory.file=" + folder.resolve("archive.jsonl"));
        Browser browser = new Browser()) {
      Tab ann = browser.open("Ann", program.address());
      Tab boris = browser.open("Boris", program.address());
      Tab clara = browser.open("Clara", program.address());
      ann.say("Can you read me?");
      boris.awaitMessage("Ann: Can you read me?");
      boris.say("Yes!");
      clara.awaitMessage("Boris: Yes!");
      clara.say("So can I.");
      List.of(ann, boris, clara).forEach(tab -> tab.awaitMessage("Clara: So can I."));
      assertThat(program.stop("INT")).isEqualTo(130);
      List.of(ann, boris, clara).forEach(tab -> tab.awaitStatus("Not connected"));
      assertThat(program.output()).startsWith("Open http://localhost:").doesNotContain("\n");
      assertThat(program.errors()).isEmpty();
      assertThat(browser.complaints()).isEmpty();
    }
  }
}
