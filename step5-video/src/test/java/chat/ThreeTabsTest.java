package chat;

import java.util.List;
import kit.Check;
import kit.Tab;
import org.junit.jupiter.api.Test;

/** Step 5 as a story: a user turns the camera on, and all tabs show the video. */
class ThreeTabsTest extends Check {

  @Test
  void allThreeTabsShowTheVideoUntilItsUserStopsIt() throws Exception {
    Tab ann = tabNamed("Ann");
    Tab boris = tabNamed("Boris");
    Tab clara = tabNamed("Clara");

    ann.find("#camera").click();

    for (Tab tab : List.of(ann, boris, clara)) {
      tab.awaitTiles("Ann");
      tab.awaitMoving("Ann");
    }

    ann.find("#camera").click(); // the same button stops it

    for (Tab tab : List.of(ann, boris, clara)) {
      tab.awaitTiles();
    }
  }
}
