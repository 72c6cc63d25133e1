package kit;

import static kit.Waiting.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;
import tools.jackson.databind.JsonNode;

/** From step 6 on: what the server measures once a second, and how the page draws it. */
@Steps(from = 6)
class ChartsTest extends Check {

  // Over the wire.

  private static Instant at(JsonNode measured) {
    return Instant.parse(measured.path("at").asString());
  }

  private static JsonNode last(List<JsonNode> measured) {
    return measured.get(measured.size() - 1);
  }

  /** Beginning with this one. */
  private static long sum(List<JsonNode> measured, int first, String what) {
    return measured.stream().skip(first).mapToLong(second -> second.path(what).asLong()).sum();
  }

  private static double delay(Client client, String whose) {
    return last(client.measured()).path("delay").path(whose).asDouble(-1);
  }

  @Test
  void onceASecondEverybodyIsToldTheSame() throws Exception {
    Client ann = client("Ann");
    Client boris = client("Boris");
    boris.awaitMeasured(3);
    List<JsonNode> three = boris.measured().subList(0, 3);
    assertThat(Duration.between(at(three.get(0)), at(three.get(2))).toMillis())
        .as("ms for two seconds")
        .isBetween(1500L, 5000L);
    assertThat(three.get(2).path("online").asInt()).as("who is here").isEqualTo(2);
    await("Ann to be told the same", () -> assertThat(ann.measured()).containsAll(three));
  }

  @Test
  void whoComesLateIsToldTheLastMinutes() throws Exception {
    Client ann = client("Ann");
    client("Boris").say("Hi");
    ann.awaitMeasured(3);
    List<JsonNode> three = ann.measured().subList(0, 3);
    JsonNode welcome = client("Clara").events().get(0);
    List<JsonNode> told =
        StreamSupport.stream(welcome.path("measured").spliterator(), false).toList();
    assertThat(told).as("the last seconds").hasSizeBetween(3, 300);
    assertThat(told).extracting(ChartsTest::at).isSorted();
    assertThat(told)
        .extracting(ChartsTest::at)
        .containsAll(three.stream().map(ChartsTest::at).toList());
    assertThat(sum(told, 0, "said")).as("said in them").isPositive();
    assertThat(told).as("a few delays only").allMatch(one -> one.path("delay").size() <= 2);
  }

  @Test
  void itCountsWhatIsSaidAndTheBytesOfWhatIsHeardTextAndBinary() throws Exception {
    Client ann = client("Ann");
    RawClient boris = raw("Boris");
    int before = ann.measured().size();
    ann.awaitMeasured(before + 1); // both names are counted
    ann.say("é").say("two").say(" "); // a blank one is heard, and not said
    ann.awaitSaid(2);
    boris.send(RawClient.frame(RawClient.BINARY, new byte[1000])); // a part of a picture
    await(
        "two messages to be counted",
        () -> assertThat(sum(ann.measured(), before + 1, "said")).isEqualTo(2));
    await(
        "all bytes to be counted",
        () -> assertThat(sum(ann.measured(), before + 1, "bytes")).isEqualTo(2 + 3 + 1 + 1000));
  }

  @Test
  void whoAnswersLateHasADelayThatIsAsLong() throws Exception {
    Client ann = client("Ann");
    String name = fresh("Late");
    RawClient late = closed(RawClient.join(name, chat().socket()));
    byte[] first = ping(late);
    byte[] second = ping(late);
    late.send(RawClient.frame(RawClient.PONG, first));
    await("the delay to be a second", () -> assertThat(delay(ann, name)).isBetween(900.0, 1900.0));
    late.send(RawClient.frame(RawClient.PONG, second));
    late.send(RawClient.frame(RawClient.PONG, ping(late)));
    await("the delay to shrink", () -> assertThat(delay(ann, name)).isBetween(0.0, 800.0));
    String quick = ann.events().get(0).path("name").asString();
    assertThat(delay(ann, quick)).as("of who answers at once").isBetween(0.0, 800.0);
  }

  /** The next ping that has a payload: our server's library sends some without. */
  private static byte[] ping(RawClient client) throws Exception {
    RawClient.Frame frame = client.next();
    while (frame.opcode() != RawClient.PING || frame.payload().length == 0) {
      frame = client.next();
    }
    return frame.payload();
  }

  @Test
  void theDelayOfWhoDoesNotAnswerGrowsWhateverPongsItSends() throws Exception {
    Client ann = client("Ann");
    String name = fresh("Hostile");
    RawClient hostile = closed(RawClient.join(name, chat().socket()));
    byte[] wrong = ping(hostile);
    wrong[0] ^= 1;
    hostile.send(RawClient.frame(RawClient.PONG, wrong));
    Random random = new Random(1);
    for (int length = 0; length <= 125; length++) {
      byte[] pong = new byte[length];
      hostile.send(RawClient.frame(RawClient.PONG, pong));
      Arrays.fill(pong, (byte) 0xff);
      hostile.send(RawClient.frame(RawClient.PONG, pong));
      random.nextBytes(pong);
      hostile.send(RawClient.frame(RawClient.PONG, pong));
    }
    await("the delay to grow", () -> assertThat(delay(ann, name)).isBetween(1500.0, 20_000.0));
    hostile.send(RawClient.frame(RawClient.TEXT, "still here"));
    ann.awaitSaid(name + ": still here");
  }

  // In three tabs of a browser.

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
    Client dora = closed(Client.join(fresh("Dora"), chat.socket()));
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
    assertThat(cell(ann, "The slowest")).isEqualTo(cell(ann, name));
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
    browser().prefer("light");
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
    boris.say("new").say("newer").say("newest");
    await("the button", () -> assertThat(ann.find("#unread").getText()).isEqualTo("↓ 3 new"));
    assertThat(ann.isAtEnd()).as("at the end, while an earlier message is read").isFalse();
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
    boris.say("See (https://example.org/a?b=1#c), or http://localhost/. javascript:alert(1) <a>");
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
