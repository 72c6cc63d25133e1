package chat;

import java.util.List;
import kit.Check;
import kit.Tab;
import org.junit.jupiter.api.Test;

/** Step 2 as a story: each message has a name in front, and each tab lists who is here. */
class ThreeTabsTest extends Check {

  @Test
  void everyTabShowsTheNamesOfTheSpeakersAndOfTheUsersHere() throws Exception {
    Tab ann = tabNamed("Ann");
    Tab boris = tabNamed("Boris");
    Tab clara = tabNamed("Clara");

    for (Tab tab : List.of(ann, boris, clara)) {
      tab.awaitOnline("Ann", "Boris", "Clara");
    }

    ann.say("Hi");
    boris.awaitMessages("Ann: Hi");
    boris.say("Hi Ann");

    for (Tab tab : List.of(ann, boris, clara)) {
      tab.awaitMessages("Ann: Hi", "Boris: Hi Ann");
    }

    clara.leave();
    ann.awaitOnline("Ann", "Boris");
    boris.awaitOnline("Ann", "Boris");
  }
}
