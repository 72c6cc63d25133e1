package kit;

import static kit.Waiting.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/** From step 6 on, in tabs of a browser: what is measured is drawn, and the page grows up. */
@Steps(from = 6)
@Page
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
        () -> assertThat(cell(ann, "The slowest")).isEqualTo(cell(ann, name)));
    assertThat(cell(ann, "The middle one")).endsWith(" ms");
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
  void aTabThatWasHiddenHasNoGapAndItsTitleHasSaidHowManyMessagesCame() throws Exception {
    Tab ann = tab("Ann");
    String title = (String) ann.script("return document.title");
    ann.script(
        """
        window.titles = [];
        new MutationObserver(() => titles.push(document.title))
            .observe(document.querySelector("title"), { childList: true });
        """);
    Tab boris = tab("Boris"); // in front of Ann's
    Client clara = client("Clara");
    clara.say("one").say("two");
    clara.awaitMeasured(2);
    boris.awaitMessage(clara.line("two"));
    ann.awaitMessages(clara.line("one"), clara.line("two"));
    assertThat((String) ann.script("return titles.join()")).contains("(2) " + title);
    await(
        "the title to be as before",
        () -> assertThat(ann.script("return document.title")).isEqualTo(title));
    List<String> told = clara.measured().stream().map(one -> one.path("at").asString()).toList();
    await(
        "all that was told meanwhile to be kept",
        () ->
            assertThat((String) ann.script("return seconds.map((second) => second.at).join()"))
                .contains(String.join(",", told)));
  }

  private static final String TOP_OF_ONE =
      "return Math.round(document.querySelectorAll('#messages p')[40].getBoundingClientRect().top)";

  @Test
  void whoHasScrolledUpIsToldHowMuchIsNewAndGetsThereWithOneButton() throws Exception {
    Tab ann = tab("Ann");
    Client boris = client("Boris");
    for (int i = 0; i < 60; i++) {
      boris.say("line " + i);
    }
    ann.awaitMessage(boris.line("line 59"));
    assertThat(ann.find("#unread").isDisplayed()).as("the button, at the end").isFalse();
    ann.script("document.querySelector('.scroll').scrollTop = -300");
    Object top = ann.script(TOP_OF_ONE);
    boris.say("new").say("newer").say("newest");
    await("the button", () -> assertThat(ann.find("#unread").getText()).isEqualTo("↓ 3 new"));
    assertThat(ann.isAtEnd()).as("at the end, while an earlier message is read").isFalse();
    assertThat(ann.script(TOP_OF_ONE)).as("where that message is").isEqualTo(top);
    ann.find("#unread").click();
    await("the end", () -> assertThat(ann.isAtEnd()).isTrue());
    await("the button to go", () -> assertThat(ann.find("#unread").isDisplayed()).isFalse());
  }

  @Test
  @Own
  void eachNewDayHasALine(@TempDir Path folder) throws Exception {
    Path archive = folder.resolve("archive.jsonl");
    Instant now = Instant.now();
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 4; i++) { // two on one day, two on another
      Instant at = now.minus(i < 2 ? 9 : 5, ChronoUnit.DAYS);
      lines.append("{\"type\":\"said\",\"id\":%d,\"at\":\"%s\"".formatted(i + 1, at));
      lines.append(",\"name\":\"Ann\",\"text\":\"text %d\"}\n".formatted(i));
    }
    Files.writeString(archive, lines);
    Tab ann = browser().join("Ann", program("-Dhistory.file=" + archive).subject().page());
    ann.say("today");
    ann.awaitMessage("Ann: today");
    List<String> shown = ann.texts("#messages p");
    List<Integer> days = new ArrayList<>();
    for (int i = 0; i < shown.size(); i++) {
      if (shown.get(i).matches("[^:]*\\b20\\d\\d\\b.*")) {
        days.add(i);
      }
    }
    assertThat(days).as("where a day begins, in " + shown).containsExactly(0, 3, 7);
  }

  @Test
  void aMessageHasMoreThanOneLineAndLinksThatDoNotReachBack() throws Exception {
    Client boris = client("Boris");
    Tab ann = tab("Ann");
    ann.find("#text").sendKeys("one", Keys.chord(Keys.SHIFT, Keys.ENTER), "two", Keys.ENTER);
    boris.awaitSaid(ann.line("one\ntwo"));
    boris.say(
        "See (https://example.org/a?b=1#c), <http://localhost/>. javascript:alert(1) \"<a>\"");
    await(
        "Ann to see two links",
        () ->
            assertThat(ann.texts("#messages a"))
                .containsExactly("https://example.org/a?b=1#c", "http://localhost/"));
    assertThat(
            ann.script(
                "return [...document.querySelectorAll('#messages a')].every((link) =>"
                    + " link.href === link.textContent && link.target === '_blank' &&"
                    + " link.relList.contains('noopener'))"))
        .as("each leads where it says, and to a page that cannot reach back")
        .isEqualTo(true);
  }
}
