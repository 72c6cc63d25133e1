package chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.WebDriverException;

/** The article's experiment: three users in three tabs of one real browser. */
class ThreeTabsTest {

  private static Browser browser;
  @TempDir private Path folder;
  private RunningChat chat;
  private Tab ann;
  private Tab boris;
  private Tab clara;

  @BeforeAll
  static void openBrowser() {
    browser = new Browser();
  }

  @AfterAll
  static void closeBrowser() {
    browser.close();
  }

  @BeforeEach
  void openThreeTabs() throws Exception {
    chat = new RunningChat(folder.resolve("archive.jsonl"));
    ann = browser.open("Ann", chat.address());
    boris = browser.open("Boris", chat.address());
    clara = browser.open("Clara", chat.address());
  }

  @AfterEach
  void theBrowserHasNothingToComplainAbout() throws Exception {
    browser.closeTabs();
    chat.close();
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void whatOneTabSaysAllThreeShow() {
    ann.say("Hi, I am Ann");
    List.of(ann, boris, clara).forEach(tab -> tab.awaitMessages("Ann: Hi, I am Ann"));
    boris.say("Hi, I am Boris");
    List.of(ann, boris, clara)
        .forEach(tab -> tab.awaitMessages("Ann: Hi, I am Ann", "Boris: Hi, I am Boris"));
    clara.say("Hi, I am Clara");
    List.of(ann, boris, clara)
        .forEach(
            tab ->
                tab.awaitMessages(
                    "Ann: Hi, I am Ann", "Boris: Hi, I am Boris", "Clara: Hi, I am Clara"));
  }

  @Test
  void allTabsShowOneOrderWhileAllThreeSpeakAtOnce() {
    List<Tab> tabs = List.of(ann, boris, clara);
    tabs.forEach(tab -> tab.chatter(50));
    ann.say("go");
    tabs.forEach(tab -> tab.awaitCount(151));
    assertThat(ann.messages())
        .doesNotHaveDuplicates()
        .isEqualTo(boris.messages())
        .isEqualTo(clara.messages());
  }

  @Test
  void aNewcomerSeesTheLastMessagesMarkedAsEarlierOnes() {
    ann.say("before");
    boris.say("me too");
    ann.awaitMessages("Ann: before", "Boris: me too");
    Tab dora = browser.open("Dora", chat.address());
    ann.say("after");
    dora.awaitMessages("Ann: before", "Boris: me too", "Ann: after");
    assertThat(dora.earlierMessages()).isEqualTo(List.of("Ann: before", "Boris: me too"));
    dora.awaitNotes("↑ was said before you came in");
    assertThat(ann.earlierMessages()).isEmpty();
  }

  @Test
  void aNewcomerSeesNothingOfBeforeWhenThereIsNoArchive() throws Exception {
    chat.close();
    chat = new RunningChat(0, folder.resolve("none.jsonl"), 0);
    Tab emil = browser.open("Emil", chat.address());
    emil.say("before");
    emil.awaitMessages("Emil: before");
    Tab dora = browser.open("Dora", chat.address());
    emil.say("after");
    dora.awaitMessages("Emil: after");
  }

  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "/dev/full is a device of Linux")
  void whatCouldNotBeSavedComesBackToTheField() throws Exception {
    chat.close();
    chat = new RunningChat(Path.of("/dev/full"));
    Tab dora = browser.open("Dora", chat.address());
    dora.say("a long thought");
    dora.awaitStatus("Not connected. Your message could not be saved.");
    assertThat(dora.find("#text").getDomProperty("value")).isEqualTo("a long thought");
    dora.awaitMessages();
  }

  @Test
  void everyTabShowsWhoIsHereAndWhoComesAndGoes() {
    ann.awaitOnline("Ann", "Boris", "Clara");
    clara.awaitOnline("Ann", "Boris", "Clara");
    boris.close();
    ann.awaitOnline("Ann", "Clara");
    clara.awaitOnline("Ann", "Clara");
    ann.awaitNotes("Boris has come in", "Clara has come in", "Boris has left");
    clara.awaitNotes("Boris has left");
  }

  @Test
  void aReloadKeepsTheNameHoweverOften() {
    for (int i = 0; i < 10; i++) {
      boris.reload();
      boris.awaitStatus("Connected as Boris");
    }
    ann.say("welcome back");
    boris.awaitMessage("Ann: welcome back");
    ann.awaitOnline("Ann", "Clara", "Boris");
  }

  @Test
  void whoseBrowserCrashesHasLeft() {
    try (Browser other = new Browser()) {
      other.open("Dora", chat.address());
      ann.awaitOnline("Ann", "Boris", "Clara", "Dora");
      assertThatThrownBy(() -> other.driver.get("chrome://crash"))
          .isInstanceOf(WebDriverException.class);
      ann.awaitOnline("Ann", "Boris", "Clara");
    }
  }

  @Test
  void aNameThatIsTakenIsRefusedAtTheDoorAndCanBeMended() {
    Tab dora = browser.visit("Dora", chat.address());
    dora.knock("ann");
    dora.awaitStatus("Somebody with this name is here already.");
    assertThat(dora.isAtDoor()).isTrue();
    assertThat(dora.find("#name").getDomProperty("value")).isEqualTo("ann");
    dora.knock("Dora");
    dora.awaitStatus("Connected as Dora");
    assertThat(dora.isAtDoor()).isFalse();
    ann.awaitOnline("Ann", "Boris", "Clara", "Dora");
    ann.awaitNotes("Boris has come in", "Clara has come in", "Dora has come in");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\u202ennA", "123456789012345678901234567890123", "   "})
  void aBadNameIsRefusedAtTheDoor(String name) {
    Tab dora = browser.visit("Dora", chat.address());
    dora.knock(name);
    dora.awaitStatus("A name has 1 to 32 characters, and no invisible ones.");
    assertThat(dora.isAtDoor()).isTrue();
    assertThat(dora.find("#name").getDomProperty("value")).isEqualTo(name);
    ann.awaitOnline("Ann", "Boris", "Clara");
  }

  @Test
  void aStoppedServerIsSaidAndAfterItsRestartAReloadConnectsAgain() throws Exception {
    ann.say("before the restart");
    ann.awaitMessage("Ann: before the restart");
    int pagePort = chat.pagePort();
    chat.close();
    for (Tab tab : List.of(ann, boris, clara)) {
      tab.awaitStatus("Not connected. The chat stopped.");
      assertThat(tab.find("#say button").isEnabled()).isFalse();
    }
    ann.find("#text").sendKeys("what I typed meanwhile");
    assertThat(ann.find("#text").getDomProperty("value")).isEqualTo("what I typed meanwhile");
    chat = new RunningChat(pagePort, folder.resolve("archive.jsonl"), 50);
    List.of(ann, boris, clara).forEach(Tab::reload);
    ann.say("after the restart");
    List.of(ann, boris, clara)
        .forEach(tab -> tab.awaitMessages("Ann: before the restart", "Ann: after the restart"));
  }
}
