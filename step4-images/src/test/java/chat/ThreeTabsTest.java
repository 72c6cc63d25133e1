package chat;

import java.awt.Color;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import kit.Check;
import kit.Drawing;
import kit.Tab;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Step 4 as a story: a picture that one user sends appears in all tabs, with its words. */
class ThreeTabsTest extends Check {

  @Test
  void allThreeTabsShowThePictureAndItsWords(@TempDir Path folder) throws Exception {
    Path school = Files.write(folder.resolve("school.jpg"), Drawing.jpeg(64, 48, Color.RED));
    Tab ann = tabNamed("Ann");
    Tab boris = tabNamed("Boris");
    Tab clara = tabNamed("Clara");

    ann.attach(school);
    ann.say("Our school");

    for (Tab tab : List.of(ann, boris, clara)) {
      tab.awaitMessages("Ann: Our school");
      tab.awaitPicture("red, 64 x 48: Our school");
    }

    Tab dora = tabNamed("Dora");
    dora.awaitPicture("red, 64 x 48: Our school");
  }
}
