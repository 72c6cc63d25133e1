package kit;

import static kit.Waiting.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.Keys;

/** The page itself: safe against what others write, usable by everybody. */
@Once
class PageTest extends Check {

  @Test
  void thePageSaysWhenItIsConnected() throws Exception {
    Tab ann = tab("Ann");
    assertThat(ann.find("#say button").isEnabled()).as("the button can be pressed").isTrue();
  }

  @Test
  void whatWasSentIsNoLongerInTheField() throws Exception {
    Tab ann = tab("Ann");
    ann.say("Hi");
    await("the field to be empty", () -> assertThat(ann.valueOf("#text")).isEmpty());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<img src=x onerror=\"document.title='hacked'\">",
        "<script>document.title='hacked'</script>",
        "<b>bold</b> &amp; &lt;i&gt;"
      })
  void aHostileMessageIsShownAsText(String hostile) throws Exception {
    Tab ann = tab("Ann");
    Client boris = client("Boris");
    boris.say(hostile);
    ann.awaitMessage(boris.line(hostile));
    assertThat(ann.script("return document.title")).isNotEqualTo("hacked");
    assertThat(
            ann.script("return document.querySelectorAll('#messages :is(img, script, b)').length"))
        .isEqualTo(0L);
  }

  @Test
  void aScriptThatGotIntoThePageAllTheSameDoesNotRun() throws Exception {
    Tab ann = tab("Ann");
    // Not by a message: by force, to see that the policy is a second wall behind textContent.
    ann.script(
        """
        document.addEventListener("securitypolicyviolation", (e) => document.body.dataset.stopped = e.violatedDirective);
        document.querySelector("#messages").innerHTML = "<p onclick=\\"document.title='hacked'\\">click</p>";
        document.querySelector("#messages p").click();
        """);
    await(
        "the policy to stop the script",
        () ->
            assertThat(ann.script("return document.body.dataset.stopped"))
                .isEqualTo("script-src-attr"));
    assertThat(ann.script("return document.title")).isNotEqualTo("hacked");
    assertThat(browser().complaints())
        .hasSize(1)
        .allMatch(line -> line.contains("Content Security"));
  }

  @Test
  void aMessageMayHoldEveryKindOfCharacter() throws Exception {
    Tab ann = tab("Ann");
    String text = "Привет, 世界! 😀 \"quotes\" \\ back \u2028 line שלום";
    ann.paste(text);
    ann.awaitMessage(ann.line(text));
  }

  @Test
  void thePageTakesNoMoreThanTheServerAllows() throws Exception {
    Tab ann = tab("Ann");
    ann.paste("€".repeat(6000));
    ann.say("still connected");
    ann.awaitMessages(ann.line("€".repeat(5000)), ann.line("still connected"));
  }

  @Test
  void theKeyboardAloneIsEnoughToEnterAndToSpeak() throws Exception {
    String a = fresh("Ann");
    Tab ann = browser().visit(a, chat().page());
    if (Subject.STEP > 1) {
      ann.press(a, Keys.ENTER);
    }
    ann.awaitConnected();
    ann.press("typed", Keys.ENTER);
    ann.awaitMessages(ann.line("typed"));
    ann.press("and with the button", Keys.TAB, Keys.SPACE);
    ann.awaitMessages(ann.line("typed"), ann.line("and with the button"));
  }

  @Test
  void theLastMessageIsInSightUnlessAnEarlierOneIsBeingRead() throws Exception {
    Tab ann = tab("Ann");
    Client boris = client("Boris");
    for (int i = 1; i <= 60; i++) {
      boris.say("line " + i);
    }
    ann.awaitMessage(boris.line("line 60"));
    assertThat(ann.isAtEnd()).as("the last line is in sight").isTrue();
    ann.script("document.querySelector('#messages p').scrollIntoView()");
    double before = top(ann);
    boris.say("one more");
    ann.awaitMessage(boris.line("one more"));
    assertThat(ann.isAtEnd()).as("the last line is in sight").isFalse();
    assertThat(top(ann)).as("where the first line is").isCloseTo(before, within(2.0));
  }

  private static double top(Tab tab) {
    String script = "return document.querySelector('#messages p').getBoundingClientRect().top";
    return ((Number) tab.script(script)).doubleValue();
  }

  /** On a phone, lines wrap: whatever comes into a line, or beside the list, its end stays. */
  @Test
  void theEndStaysInSightOnAPhoneWhateverTheLengthOfAMessage() throws Exception {
    Tab ann = tab("Ann");
    ann.resize(390, 664);
    Client boris = client("Boris");
    for (int i = 1; i <= 150; i++) {
      boris.say("x".repeat(i));
      if (i > 20 && i % 3 == 0) {
        ann.awaitMessage(boris.line("x".repeat(i)));
        assertThat(ann.isAtEnd()).as("in sight after a text of " + i + " letters").isTrue();
      }
    }
    if (Subject.STEP > 1) {
      Client clara = client("Clara with a long name");
      String name = clara.events().get(0).path("name").asString();
      await("Ann to see Clara", () -> assertThat(ann.online().contains(name)).isTrue());
      assertThat(ann.isAtEnd()).as("in sight after somebody came in").isTrue();
    }
    ann.script("document.querySelector('#status').textContent = 'a long sentence '.repeat(20)");
    assertThat(ann.isAtEnd()).as("in sight with a long status").isTrue();
  }

  @Test
  @Own
  void aPageUnderANameThatTheProgramDidNotPrintSaysSo() throws Exception {
    // Any name that ends with .localhost is this machine, and none of them is one of ours.
    String page = chat().page().toString().replace("localhost", "other.localhost");
    Tab ann = browser().visit("Ann", page);
    if (Subject.STEP > 1) {
      ann.knock(fresh("Ann"));
    }
    ann.awaitStatus(
        "Not connected. The chat cannot be reached. Does it run, and did it print " + page);
    assertThat(browser().complaints()).hasSize(1).allMatch(line -> line.contains("404"));
  }

  @Test
  @Own
  void anAccessibilityCheckFindsNothingInAnyState() throws Exception {
    nothingIsFoundInAnyState("light");
  }

  @Test
  @Own
  @LongProof // the style is one file for all steps
  void anAccessibilityCheckFindsNothingInTheDark() throws Exception {
    nothingIsFoundInAnyState("dark");
  }

  private void nothingIsFoundInAnyState(String colorScheme) throws Exception {
    Program program = program();
    Subject chat = program.subject();
    String a = fresh("Ann");
    Tab ann = browser().visit(a, chat.page());
    browser().prefer(colorScheme);
    assertThat(ann.violations()).as("at the door").isEmpty();
    ann.enter();
    Client boris = clientNamed("Boris", chat);
    for (int i = 0; i < 30; i++) {
      boris.say("a message to look at " + i);
    }
    ann.awaitMessage(boris.line("a message to look at 29"));
    assertThat(ann.violations()).as("in the chat").isEmpty();
    if (Subject.STEP > 1) {
      Tab door = browser().visit("Boris", chat.page());
      browser().prefer(colorScheme);
      door.knock("Boris");
      door.awaitStatus("Not connected. Somebody");
      assertThat(door.violations()).as("refused at the door").isEmpty();
    }
    if (Subject.STEP > 2) {
      Tab late = browser().join("Clara", chat.page());
      browser().prefer(colorScheme);
      assertThat(late.earlierMessages()).isNotEmpty();
      assertThat(late.violations()).as("with earlier messages").isEmpty();
      ann.script("sessionStorage.setItem('unsent', JSON.stringify(['a thought', 'another']))");
      ann.reload();
      assertThat(ann.texts("#unsent li")).hasSize(2);
      assertThat(ann.violations()).as("with messages to send again").isEmpty();
    }
    program.kill();
    ann.awaitStatus("Not connected");
    assertThat(ann.violations()).as("not connected").isEmpty();
  }

  @Test
  @Own
  void thePageSaysWhenTheServerIsGone() throws Exception {
    Program program = program();
    Tab ann = browser().join(fresh("Ann"), program.subject().page());
    program.kill();
    ann.awaitStatus("Not connected");
    assertThat(ann.find("#say button").isEnabled()).as("the button").isFalse();
  }

  @Test
  @Own
  void aStoppedServerIsSaidAndAfterItsRestartAReloadConnectsAgain() throws Exception {
    String port = "-Dport=" + Program.freePort();
    Program program = program(port);
    Subject chat = program.subject();
    Tab ann = browser().join(fresh("Ann"), chat.page());
    Tab boris = browser().join(fresh("Boris"), chat.page());
    program.signal("TERM");
    for (Tab tab : List.of(ann, boris)) {
      tab.awaitStatus("Not connected. The chat stopped.");
      assertThat(tab.find("#say button").isEnabled()).as("the button").isFalse();
    }
    program.awaitExit();
    ann.find("#text").sendKeys("what I typed meanwhile");
    assertThat(ann.valueOf("#text")).isEqualTo("what I typed meanwhile");
    program(port).subject();
    ann.reload();
    boris.reload();
    boris.say("after the restart");
    ann.awaitMessage(boris.line("after the restart"));
  }
}
