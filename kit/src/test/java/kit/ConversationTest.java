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

/** From step 4 on in the media branch: what the conversation's own module does with its lines. */
@Once
@Steps(from = 4, to = 6)
class ConversationTest extends Check {

  @Test
  void theTitleOfAHiddenTabCountsTheNewMessages() throws Exception {
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
    boris.awaitMessage(clara.line("two"));
    ann.awaitMessages(clara.line("one"), clara.line("two"));
    assertThat((String) ann.script("return titles.join()")).contains("(2) " + title);
    await(
        "the title to be as before",
        () -> assertThat(ann.script("return document.title")).isEqualTo(title));
  }

  private static final String TOP_OF_ONE =
      "return Math.round(document.querySelectorAll('#messages p')[40].getBoundingClientRect().top)";

  @Test
  void aButtonCountsTheNewMessagesBelowAndLeadsThere() throws Exception {
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
  void aNewDayBeginsWithALine(@TempDir Path folder) throws Exception {
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
  void aMessageMayHaveSeveralLinesAndLinksThatDoNotReachBack() throws Exception {
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
