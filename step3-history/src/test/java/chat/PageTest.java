package chat;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.Keys;

/** The page itself: safe against what others write, usable by everybody. */
class PageTest {

  private static Browser browser;
  @TempDir private Path folder;
  private RunningChat chat;
  private Tab ann;

  @BeforeAll
  static void openBrowser() {
    browser = new Browser();
  }

  @AfterAll
  static void closeBrowser() {
    browser.close();
  }

  @BeforeEach
  void openTab() throws Exception {
    chat = new RunningChat(folder.resolve("archive.jsonl"));
    ann = browser.open("Ann", chat.address());
  }

  @AfterEach
  void theBrowserHasNothingToComplainAbout() throws Exception {
    browser.prefer("light");
    browser.closeTabs();
    chat.close();
    assertThat(browser.complaints()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<img src=x onerror=\"document.title='hacked'\">",
        "<script>document.title='hacked'</script>",
        "<b>bold</b> &amp; &lt;i&gt;"
      })
  void aHostileMessageIsShownAsText(String hostile) {
    Tab boris = browser.open("Boris", chat.address());
    boris.say(hostile);
    ann.awaitMessage("Boris: " + hostile);
    assertThat(ann.script("return document.title")).isEqualTo("Ann – Chat");
    assertThat(
            ann.script("return document.querySelectorAll('#messages :not(p, bdi, time)').length"))
        .isEqualTo(0L);
  }

  @ParameterizedTest
  @ValueSource(strings = {"<img src=x onerror=alert(1)>", "<script>alert(1)</script>"})
  void aHostileNameIsShownAsText(String hostile) {
    Tab evil = browser.visit("somebody", chat.address());
    evil.knock(hostile);
    evil.awaitStatus("Connected as " + hostile);
    evil.say("Hi");
    ann.awaitOnline("Ann", hostile);
    ann.awaitNotes(hostile + " has come in");
    ann.awaitMessage(hostile + ": Hi");
    assertThat(ann.script("return document.querySelectorAll('main :is(img, script)').length"))
        .isEqualTo(0L);
  }

  @Test
  void aScriptThatGotIntoThePageAllTheSameDoesNotRun() {
    // Not by a message: by force, to see that the policy is a second wall behind textContent.
    ann.script(
        """
        document.addEventListener("securitypolicyviolation", (e) => document.body.dataset.stopped = e.violatedDirective);
        document.querySelector("#messages").innerHTML = "<p onclick=\\"document.title='hacked'\\">click</p>";
        document.querySelector("#messages p").click();
        """);
    Waiting.await(
        "the policy to stop the script",
        () ->
            assertThat(ann.script("return document.body.dataset.stopped"))
                .isEqualTo("script-src-attr"));
    assertThat(ann.script("return document.title")).isEqualTo("Ann – Chat");
    assertThat(browser.complaints()).hasSize(1).allMatch(line -> line.contains("Content Security"));
  }

  @Test
  void aMessageMayHoldEveryKindOfCharacter() {
    String text = "Привет, 世界! \uD83D\uDE00 \"quotes\" \\ back \u2028 line שלום";
    ann.paste(text);
    Waiting.await(
        "Ann to see it all",
        () ->
            assertThat(
                    ann.script(
                        "return document.querySelector('#messages p bdi + bdi')?.textContent"))
                .isEqualTo(text));
  }

  @Test
  void thePageTakesNoMoreThanTheServerAllows() {
    ann.paste("€".repeat(6000));
    ann.say("still connected");
    ann.awaitMessages("Ann: " + "€".repeat(5000), "Ann: still connected");
  }

  @Test
  void theKeyboardAloneIsEnoughToEnterAndToSpeak() {
    Tab boris = browser.visit("Boris", chat.address());
    boris.press("ann", Keys.ENTER);
    boris.awaitStatus("Somebody with this name is here already.");
    boris.press(Keys.BACK_SPACE, Keys.BACK_SPACE, Keys.BACK_SPACE, "Boris", Keys.ENTER);
    boris.awaitStatus("Connected as Boris");
    boris.press("typed", Keys.ENTER);
    boris.awaitMessages("Boris: typed");
    boris.press("and with the button", Keys.TAB, Keys.SPACE);
    boris.awaitMessages("Boris: typed", "Boris: and with the button");
  }

  @Test
  void theLastMessageIsInSightUnlessAnEarlierOneIsBeingRead() {
    for (int i = 1; i <= 40; i++) {
      ann.say("line " + i);
    }
    ann.awaitCount(40);
    assertThat(distanceFromEnd()).isLessThan(2);
    ann.script("document.querySelector('#messages').scrollTop = 0");
    ann.say("one more");
    ann.awaitCount(41);
    assertThat(ann.script("return document.querySelector('#messages').scrollTop")).isEqualTo(0L);
  }

  private double distanceFromEnd() {
    return ((Number)
            ann.script(
                """
                const box = document.querySelector("#messages");
                return box.scrollHeight - box.scrollTop - box.clientHeight;
                """))
        .doubleValue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"light", "dark"})
  void anAccessibilityCheckFindsNothing(String colorScheme) throws Exception {
    browser.prefer(colorScheme);
    ann.say("a message to look at");
    ann.awaitMessage("Ann: a message to look at");
    assertThat(violations(ann)).isEmpty();
    Tab late = browser.open("Clara", chat.address());
    assertThat(late.earlierMessages()).isNotEmpty();
    assertThat(violations(late)).isEmpty();
    Tab door = browser.visit("Boris", chat.address());
    assertThat(violations(door)).isEmpty();
    door.knock("Ann");
    door.awaitStatus("Somebody");
    assertThat(violations(door)).isEmpty();
    chat.close();
    ann.awaitStatus("Not connected");
    assertThat(violations(ann)).isEmpty();
  }

  /** What axe-core objects to, best practices included: rule, explanation, element. */
  private List<?> violations(Tab tab) throws Exception {
    try (InputStream axe = PageTest.class.getResourceAsStream("/axe.min.js")) {
      tab.script(new String(axe.readAllBytes(), StandardCharsets.UTF_8));
    }
    return (List<?>)
        tab.script(
            """
            return axe.run().then((results) => results.violations.flatMap((rule) =>
                rule.nodes.map((node) => `${rule.id}: ${rule.help}: ${node.html}`)));
            """);
  }
}
