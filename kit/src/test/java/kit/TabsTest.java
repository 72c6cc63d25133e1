package kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.WebDriverException;

/** The article's experiment: three users in three tabs of one real browser. */
@Once
class TabsTest extends Check {

  private Tab ann;
  private Tab boris;
  private Tab clara;

  @BeforeEach
  void openThreeTabs() throws Exception {
    ann = tab("Ann");
    boris = tab("Boris");
    clara = tab("Clara");
  }

  @Test
  @Article
  @Story
  void whatOneTabSaysAllThreeShow() {
    ann.say("Hi, I am Ann");
    List.of(ann, boris, clara).forEach(tab -> tab.awaitMessages(ann.line("Hi, I am Ann")));
    boris.say("Hi, I am Boris");
    clara.awaitMessage(boris.line("Hi, I am Boris"));
    clara.say("Hi, I am Clara");
    List.of(ann, boris, clara)
        .forEach(
            tab ->
                tab.awaitMessages(
                    ann.line("Hi, I am Ann"),
                    boris.line("Hi, I am Boris"),
                    clara.line("Hi, I am Clara")));
  }

  @Test
  void allTabsShowOneOrderWhileAllThreeSpeakAtOnce() {
    List<Tab> tabs = List.of(ann, boris, clara);
    tabs.forEach(tab -> tab.chatter(50));
    ann.say("go");
    tabs.forEach(tab -> tab.awaitCount(151));
    assertThat(Texts.firstDifference(ann.messages(), boris.messages())).isEqualTo("nowhere");
    assertThat(Texts.firstDifference(ann.messages(), clara.messages())).isEqualTo("nowhere");
  }

  @Test
  @Article
  @Steps(to = 2)
  @Story
  void aNewcomerSeesNothingOfBefore() throws Exception {
    ann.say("before");
    ann.awaitMessages(ann.line("before"));
    Tab dora = tab("Dora");
    ann.say("after");
    dora.awaitMessages(ann.line("after"));
    ann.awaitMessages(ann.line("before"), ann.line("after"));
  }

  @Test
  void aReloadedTabIsConnectedAgain() {
    for (int i = 0; i < 3; i++) {
      boris.reload();
    }
    ann.say("welcome back");
    boris.awaitMessage(ann.line("welcome back"));
  }

  @Test
  void aClosedTabDisturbsNobody() {
    boris.leave();
    ann.say("still here?");
    clara.awaitMessage(ann.line("still here?"));
  }

  @Test
  @Steps(from = 2)
  void everyTabShowsWhoIsHereAndWhoComesAndGoes() throws Exception {
    String dora = fresh("Dora");
    Tab late = tabNamed(dora);
    Waiting.await("Ann to see Dora", () -> assertThat(ann.online().contains(dora)).isTrue());
    assertThat(late.online()).as("whom Dora sees").hasSameElementsAs(ann.online());
    late.close();
    Waiting.await("Ann to miss Dora", () -> assertThat(ann.online().contains(dora)).isFalse());
    clara.awaitOnline(ann.online().toArray(String[]::new));
  }

  @Test
  @LongProof // a second browser
  @Steps(from = 2)
  void whoseBrowserCrashesHasLeft() throws Exception {
    String dora = fresh("Dora");
    try (Browser other = new Browser()) {
      other.join(dora, chat().page());
      Waiting.await("Ann to see Dora", () -> assertThat(ann.online().contains(dora)).isTrue());
      assertThatThrownBy(() -> other.driver.get("chrome://crash"))
          .isInstanceOf(WebDriverException.class);
      Waiting.await("Ann to miss Dora", () -> assertThat(ann.online().contains(dora)).isFalse());
    }
  }
}
