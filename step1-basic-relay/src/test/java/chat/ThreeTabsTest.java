package chat;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The article's experiment: three users in three tabs of one real browser. */
class ThreeTabsTest {

  private static Browser browser;
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
    chat = new RunningChat();
    ann = browser.open("Ann", chat.address());
    boris = browser.open("Boris", chat.address());
    clara = browser.open("Clara", chat.address());
  }

  @AfterEach
  void theBrowserHasNothingToComplainAbout() {
    browser.closeTabs();
    chat.close();
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void whatOneTabSaysAllThreeShow() {
    ann.say("Hi, I am Ann");
    List.of(ann, boris, clara).forEach(tab -> tab.awaitMessages("Hi, I am Ann"));
    boris.say("Hi, I am Boris");
    List.of(ann, boris, clara).forEach(tab -> tab.awaitMessages("Hi, I am Ann", "Hi, I am Boris"));
    clara.say("Hi, I am Clara");
    List.of(ann, boris, clara)
        .forEach(tab -> tab.awaitMessages("Hi, I am Ann", "Hi, I am Boris", "Hi, I am Clara"));
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
  void aNewcomerSeesNothingOfBefore() {
    ann.say("before");
    ann.awaitMessages("before");
    Tab dora = browser.open("Dora", chat.address());
    ann.say("after");
    dora.awaitMessages("after");
    ann.awaitMessages("before", "after");
  }

  @Test
  void aReloadedTabIsConnectedAgain() {
    boris.reload();
    ann.say("welcome back");
    boris.awaitMessages("welcome back");
  }

  @Test
  void aClosedTabDisturbsNobody() {
    clara.close();
    ann.say("Clara has gone");
    boris.awaitMessages("Clara has gone");
  }

  @Test
  void aStoppedServerIsSaidAndAfterItsRestartAReloadConnectsAgain() throws Exception {
    ann.say("before the restart");
    ann.awaitMessage("before the restart");
    int pagePort = chat.pagePort();
    chat.close();
    for (Tab tab : List.of(ann, boris, clara)) {
      tab.awaitStatus("Not connected. The chat stopped.");
      assertThat(tab.find("#say button").isEnabled()).isFalse();
    }
    ann.find("#text").sendKeys("what I typed meanwhile");
    assertThat(ann.find("#text").getDomProperty("value")).isEqualTo("what I typed meanwhile");
    chat = new RunningChat(pagePort);
    List.of(ann, boris, clara).forEach(Tab::reload);
    ann.say("after the restart");
    List.of(ann, boris, clara).forEach(tab -> tab.awaitMessage("after the restart"));
  }
}
