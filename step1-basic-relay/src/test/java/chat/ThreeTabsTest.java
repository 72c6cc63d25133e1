package chat;

import java.util.List;
import kit.Check;
import kit.Tab;
import org.junit.jupiter.api.Test;

/** Step 1 as a story: what one tab sends, all tabs show. The server keeps none of it. */
class ThreeTabsTest extends Check {

  @Test
  void threeTabsShowOneConversationAndAFourthTabShowsNoneOfIt() throws Exception {
    Tab ann = tabNamed("Ann");
    Tab boris = tabNamed("Boris");
    Tab clara = tabNamed("Clara");

    ann.say("Hi, I am Ann");
    boris.awaitMessages("Hi, I am Ann");
    boris.say("Hi Ann, Boris here");
    clara.awaitMessages("Hi, I am Ann", "Hi Ann, Boris here");
    clara.say("And I am Clara");

    for (Tab tab : List.of(ann, boris, clara)) {
      tab.awaitMessages("Hi, I am Ann", "Hi Ann, Boris here", "And I am Clara");
    }

    Tab dora = tabNamed("Dora");
    ann.say("Welcome, Dora");
    dora.awaitMessages("Welcome, Dora");
  }
}
