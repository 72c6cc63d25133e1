package kit;

import static kit.Waiting.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** In step 6, in tabs of a browser: what is measured is drawn. */
@Steps(from = 6, to = 6)
@Once
class ChartsTest extends Check {

  /** In a wide window, with the charts unfolded. */
  private Tab wide(String name, Subject chat) {
    Tab tab = browser().join(fresh(name), chat.page());
    tab.resize(1280, 800);
    tab.script("document.querySelector('#charts').open = true");
    return tab;
  }

  /** The number in the table's row of this name. */
  private static String cell(Tab tab, String row) {
    return (String)
        tab.script(
            """
            return [...document.querySelectorAll("#charts tr")]
                .find((row) => row.cells[0].textContent === arguments[0])?.cells[1].textContent ?? "";
            """,
            row);
  }

  /** How many points in the upper half of this chart have the colour of its first line. */
  private static long drawn(Tab tab, String chart) {
    return (Long)
        tab.script(
            """
            const part = document.querySelector(arguments[0]);
            const canvas = part.querySelector("canvas");
            if (!canvas.width || !canvas.height) return 0; // not laid out yet
            const copy = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
            copy.canvas.width = canvas.width;
            copy.fillStyle = getComputedStyle(part.querySelector("th"), "::before").color;
            copy.fillRect(0, 0, 1, 1);
            const colour = copy.getImageData(0, 0, 1, 1).data;
            copy.clearRect(0, 0, 1, 1);
            copy.canvas.height = canvas.height / 2;
            copy.drawImage(canvas, 0, 0);
            const half = copy.getImageData(0, 0, canvas.width, canvas.height / 2).data;
            let count = 0;
            for (let i = 0; i < half.length; i += 4) {
              if (colour.every((part, j) => Math.abs(part - half[i + j]) < 8)) count++;
            }
            return count;
            """,
            chart);
  }

  private static void awaitDrawn(Tab tab) {
    await("the messages to be drawn", () -> assertThat(drawn(tab, "#traffic")).isPositive());
  }

  @Test
  @Own
  @Story
  void whatIsSaidIsDrawnInAllThreeTabsAndForWhoComesLate() throws Exception {
    Subject chat = program().subject();
    List<Tab> tabs = List.of(wide("Ann", chat), wide("Boris", chat), wide("Clara", chat));
    Client dora = clientNamed(fresh("Dora"), chat);
    dora.awaitMeasured(2);
    for (Tab tab : tabs) {
      await("all to be counted", () -> assertThat(cell(tab, "Here now")).isEqualTo("4"));
      assertThat(drawn(tab, "#traffic")).as("drawn before anything is said").isZero();
    }
    for (int i = 0; i < 100; i++) {
      dora.say("one of many");
    }
    tabs.forEach(ChartsTest::awaitDrawn);
    Tab late = wide("Late", chat);
    awaitDrawn(late);
    browser().prefer("dark");
    awaitDrawn(late);
    browser().prefer("light");
    late.resize(1920, 1080);
    await(
        "the chart to be as wide as its place",
        () ->
            assertThat(late.find("#traffic canvas").getSize().width)
                .isEqualTo(late.find("#traffic [role=img]").getSize().width));
  }

  @Test
  void theTableSaysTheSameInWordsAndAnAccessibilityCheckFindsNothing() throws Exception {
    Tab ann = wide("Ann", chat());
    String name = fresh("Silent");
    RawClient silent = closed(RawClient.join(name, chat().socket()));
    await(
        "the delay of who does not answer",
        () -> assertThat(cell(ann, name)).matches("[1-9][.][0-9] s"));
    await(
        "the silent one to be the slowest", // the two are asked one after the other
        () -> assertThat(cell(ann, "Slowest")).isEqualTo(cell(ann, name)));
    assertThat(cell(ann, "Median")).endsWith(" ms");
    ann.script("window.row = document.querySelector('#members tr')");
    String before = cell(ann, name);
    await("the table to change", () -> assertThat(cell(ann, name)).isNotEqualTo(before));
    assertThat(ann.script("return row.isConnected")).as("its rows stay").isEqualTo(true);
    assertThat(
            ann.script(
                "return !document.querySelector('#charts').closest('[aria-live], [role=log], [role=status]')"))
        .as("nobody is talked to each second")
        .isEqualTo(true);
    for (String colours : List.of("light", "dark")) {
      browser().prefer(colours);
      assertThat(ann.violations()).as("in the " + colours).isEmpty();
    }
    silent.close();
    await("who left to leave the table", () -> assertThat(cell(ann, name)).isEmpty());
  }

  @Test
  void aTabThatWasHiddenHasNoGap() throws Exception {
    Tab ann = tab("Ann");
    tab("Boris"); // in front of Ann's
    Client clara = client("Clara");
    clara.awaitMeasured(2);
    List<String> told = clara.measured().stream().map(one -> one.path("at").asString()).toList();
    await(
        "all that was told meanwhile to be kept",
        () ->
            assertThat((String) ann.script("return seconds.map((second) => second.at).join()"))
                .contains(String.join(",", told)));
  }
}
