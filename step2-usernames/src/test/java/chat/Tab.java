package chat;

import static chat.Waiting.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.interactions.Actions;

/** The page in one tab: what a user does there, and what a user sees. */
final class Tab {

  private final Browser browser;
  private final String user;
  private final String handle;

  Tab(Browser browser, String user) {
    this.browser = browser;
    this.user = user;
    handle = browser.driver.getWindowHandle();
  }

  // What a user does.

  void enter() {
    knock(user);
    awaitStatus("Connected as " + user);
  }

  /** Asks to come in under this name; whether it works, the status will tell. */
  void knock(String name) {
    WebElement field = find("#name");
    field.clear();
    field.sendKeys(name, Keys.ENTER);
  }

  void say(String text) {
    find("#text").sendKeys(text, Keys.ENTER);
  }

  /** Types like a person: with a pause after each character. */
  void type(String text, Duration pause) {
    Actions typing = new Actions(browser.driver);
    show();
    text.chars().forEach(c -> typing.sendKeys(Character.toString(c)).pause(pause));
    typing.sendKeys(Keys.ENTER).perform();
  }

  byte[] screenshot() {
    show();
    return browser.driver.getScreenshotAs(OutputType.BYTES);
  }

  /** Puts text with any characters into the field, as a paste does, and presses the button. */
  void paste(String text) {
    find("#text").click();
    script("document.execCommand('insertText', false, arguments[0])", text);
    find("#say button").click();
  }

  void press(CharSequence... keys) {
    show();
    new Actions(browser.driver).sendKeys(keys).perform();
  }

  void reload() {
    show();
    browser.driver.navigate().refresh();
    awaitStatus("Connected");
  }

  /** Goes to another page, as a user does who has had enough. */
  void leave() {
    show();
    browser.driver.get("about:blank");
  }

  void close() {
    show();
    browser.driver.close();
  }

  /** Says {@code count} messages, each as soon as any message arrives: so all tabs talk at once. */
  void chatter(int count) {
    script(
        """
        const [count] = arguments;
        let said = 0;
        new MutationObserver(() => {
          if (said === count) return;
          document.querySelector("#text").value = `${++said}`;
          document.querySelector("#say").requestSubmit();
        }).observe(document.querySelector("#messages"), {childList: true});
        """,
        count);
  }

  // What a user sees.

  /** The messages in the order in which they are shown. */
  List<?> messages() {
    return texts("#messages .said");
  }

  void awaitMessages(String... texts) {
    await(
        user + " to see " + Arrays.toString(texts),
        () -> assertThat(messages()).isEqualTo(List.of(texts)));
  }

  void awaitMessage(String text) {
    await(user + " to see " + text, () -> assertThat(messages().contains(text)).isTrue());
  }

  void awaitCount(int count) {
    await(user + " to see " + count + " lines", () -> assertThat(messages()).hasSize(count));
  }

  void awaitStatus(String start) {
    await(
        user + " to be told: " + start,
        () -> assertThat(find("#status").getText()).startsWith(start));
  }

  /** Who is here, as the page lists it. */
  void awaitOnline(String... names) {
    await(
        user + " to see that here are " + Arrays.toString(names),
        () -> assertThat(texts("#online li")).isEqualTo(List.of(names)));
  }

  /** Who came and who left, as the page tells it. */
  void awaitNotes(String... notes) {
    await(
        user + " to see the notes " + Arrays.toString(notes),
        () -> assertThat(texts("#messages .note")).isEqualTo(List.of(notes)));
  }

  /** Whether the page is at the door: it asks for a name, and shows no chat. */
  boolean isAtDoor() {
    return find("#door").isDisplayed() && !find("#say").isDisplayed();
  }

  WebElement find(String selector) {
    show();
    return browser.driver.findElement(By.cssSelector(selector));
  }

  private List<?> texts(String selector) {
    return (List<?>)
        script(
            "return [...document.querySelectorAll(arguments[0])].map(found => found.textContent)",
            selector);
  }

  Object script(String script, Object... arguments) {
    show();
    return browser.driver.executeScript(script, arguments);
  }

  private void show() {
    browser.driver.switchTo().window(handle);
  }
}
