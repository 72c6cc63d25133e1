package chat;

import static kit.Waiting.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import kit.Check;
import kit.Tab;
import org.junit.jupiter.api.Test;

/** Step 6 as a story: the chat measures itself, and in all tabs a chart grows. */
class ThreeTabsTest extends Check {

  @Test
  void aChartGrowsInAllThreeTabsAndTheTableCountsTheMessage() throws Exception {
    Tab ann = tabNamed("Ann");
    Tab boris = tabNamed("Boris");
    Tab clara = tabNamed("Clara");

    for (Tab tab : List.of(clara, boris, ann)) {
      tab.find("#charts summary").click();
      awaitCell(tab, "online", "3");
      awaitCell(tab, "said", "0");
    }

    ann.say("Hi");
    awaitCell(ann, "said", "1"); // in the second in which Ann said it
    awaitCell(ann, "said", "0"); // and in the next one

    for (Tab tab : List.of(ann, boris, clara)) {
      String before = chart(tab);
      await("the chart to grow", () -> assertThat(chart(tab)).isNotEqualTo(before));
    }
  }

  /** Waits until the table of the last second has this value. */
  private static void awaitCell(Tab tab, String name, String value) {
    String cell = "#charts [data-of=" + name + "]";
    await(name + " to be " + value, () -> assertThat(tab.texts(cell)).containsExactly(value));
  }

  /** The chart of messages and users, as a picture in text. */
  private static String chart(Tab tab) {
    return (String) tab.script("return document.querySelector('#traffic canvas').toDataURL()");
  }
}
