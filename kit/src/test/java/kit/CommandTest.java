package kit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The main job, as a reader does it: the README's command, then three tabs. */
@Own
@InEachStep
class CommandTest extends Check {

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "Ctrl-C cannot be sent to a process there")
  void theCommandStartsAChatForThreeTabsAndCtrlCEndsIt() throws Exception {
    Program program = closed(Program.maven());
    Subject chat = program.subject();
    Tab ann = browser().join("Ann", chat.page());
    Tab boris = browser().join("Boris", chat.page());
    Tab clara = browser().join("Clara", chat.page());
    ann.say("Can you read me?");
    boris.awaitMessage(ann.line("Can you read me?"));
    boris.say("Yes!");
    clara.awaitMessage(boris.line("Yes!"));
    clara.say("So can I.");
    List.of(ann, boris, clara).forEach(tab -> tab.awaitMessage(clara.line("So can I.")));
    boolean isIgnored = Program.ignoresCtrlC(); // when this runs in the background
    assertThat(program.stop(isIgnored ? "TERM" : "INT")).isEqualTo(isIgnored ? 143 : 130);
    List.of(ann, boris, clara).forEach(tab -> tab.awaitStatus("Not connected"));
    assertThat(program.output()).startsWith("Open http://localhost:").doesNotContain("\n");
    assertThat(program.errors()).isEmpty();
  }
}
