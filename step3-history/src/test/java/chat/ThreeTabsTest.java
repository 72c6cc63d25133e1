package chat;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import kit.Check;
import kit.Tab;
import org.junit.jupiter.api.Test;

/** Step 3 as a story: a late joiner sees what was said before. */
class ThreeTabsTest extends Check {

  @Test
  void aLateJoinerSeesTheEarlierMessagesMarkedAsEarlier() throws Exception {
    Tab ann = tabNamed("Ann");
    Tab boris = tabNamed("Boris");

    ann.say("We meet at noon");
    boris.awaitMessages("Ann: We meet at noon");
    boris.say("In the library");
    ann.awaitMessages("Ann: We meet at noon", "Boris: In the library");

    Tab clara = tabNamed("Clara");
    clara.say("I will be there");

    for (Tab tab : List.of(ann, boris)) {
      tab.awaitMessages("Ann: We meet at noon", "Boris: In the library", "Clara: I will be there");
      assertThat(tab.earlierMessages()).isEmpty();
    }

    clara.awaitMessages("Clara: I will be there");
    assertThat(clara.earlierMessages())
        .containsExactly("Ann: We meet at noon", "Boris: In the library");
  }
}
