package kit;

import static kit.Waiting.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
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

  Tab(Browser browser, String user, String handle) {
    this.browser = browser;
    this.user = user;
    this.handle = handle;
  }

  // What a user does.

  /** Waits until the page is connected; from step 2 on it gives the user's name at the door. */
  void enter() {
    if (Subject.STEP > 1) {
      knock(user);
    }
    awaitConnected();
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
    awaitConnected();
  }

  /** Goes to another page, as a user does who has had enough. */
  void leave() {
    show();
    browser.driver.get("about:blank");
  }

  /** And back again, as if the page were opened anew. */
  void back() {
    show();
    browser.driver.navigate().back();
  }

  void close() {
    show();
    browser.closeShown();
  }

  /** The window's size as on a phone or a projector, in CSS pixels; 0, 0 for the usual size. */
  void resize(int width, int height) {
    show();
    browser.driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
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
        }).observe(document.querySelector("#messages"), {childList: true, subtree: true});
        """,
        count);
  }

  // What a user sees.

  /** What all tabs show when this user says this: {@code Hi}, from step 2 on {@code Ann: Hi}. */
  String line(String text) {
    return Subject.STEP == 1 ? text : user + ": " + text;
  }

  /** The messages since this user came in, in the order in which they are shown. */
  List<String> messages() {
    if (Subject.STEP == 1) {
      return texts("#messages p");
    }
    return withoutTime(".said:not(.earlier)");
  }

  /** The messages that the page marks as earlier ones. */
  List<String> earlierMessages() {
    return withoutTime(".said.earlier");
  }

  private List<String> withoutTime(String selector) {
    return strings(
        """
            return [...document.querySelectorAll("#messages " + arguments[0])].map((line) =>
                [...line.querySelectorAll("bdi")].map((part) => part.textContent).join(": "));
            """,
        selector);
  }

  void awaitMessages(String... lines) {
    await(
        user + " to see " + Arrays.toString(lines),
        () -> assertThat(messages()).isEqualTo(List.of(lines)));
  }

  void awaitMessage(String line) {
    await(user + " to see " + line, () -> assertThat(messages().contains(line)).isTrue());
  }

  void awaitCount(int count) {
    await(user + " to see " + count + " lines", () -> assertThat(messages()).hasSize(count));
  }

  void awaitConnected() {
    awaitStatus(Subject.STEP == 1 ? "Connected" : "Connected as " + user);
  }

  void awaitStatus(String start) {
    await(user + " to be told: " + start, () -> assertThat(status()).startsWith(start));
  }

  String status() {
    return (String) script("return document.querySelector('#status').textContent");
  }

  /** Who is here, as the page lists it. */
  void awaitOnline(String... names) {
    await(
        user + " to see that here are " + Arrays.toString(names),
        () -> assertThat(online()).isEqualTo(List.of(names)));
  }

  List<String> online() {
    return texts("#online li");
  }

  /** All that is to be read in the window. */
  String text() {
    return (String) script("return document.body.innerText");
  }

  /** Whether the page is at the door: it asks for a name, and shows no chat. */
  boolean isAtDoor() {
    return find("#door").isDisplayed() && !find("#say").isDisplayed();
  }

  /** Whether the bottom of the last line is inside the box that scrolls, and in the window. */
  boolean isAtEnd() {
    return (boolean)
        script(
            """
            const last = [...document.querySelectorAll("#messages p")].at(-1);
            const bottom = last.getBoundingClientRect().bottom;
            let box = last.parentElement;
            while (box && !/auto|scroll/.test(getComputedStyle(box).overflowY)) box = box.parentElement;
            const end = box ? box.getBoundingClientRect().bottom : innerHeight;
            return bottom <= end + 1 && bottom <= innerHeight + 1;
            """);
  }

  byte[] screenshot() {
    show();
    return browser.driver.getScreenshotAs(OutputType.BYTES);
  }

  /** What axe-core objects to, best practices included: rule, explanation, element. */
  List<String> violations() throws IOException {
    try (InputStream axe = Tab.class.getResourceAsStream("/axe.min.js")) {
      script(new String(axe.readAllBytes(), StandardCharsets.UTF_8));
    }
    return strings(
        """
            return axe.run().then((results) => results.violations.flatMap((rule) =>
                rule.nodes.map((node) => `${rule.id}: ${rule.help}: ${node.html}`)));
            """);
  }

  WebElement find(String selector) {
    show();
    return browser.driver.findElement(By.cssSelector(selector));
  }

  String valueOf(String selector) {
    return find(selector).getDomProperty("value");
  }

  List<String> texts(String selector) {
    return strings(
        "return [...document.querySelectorAll(arguments[0])].map(found => found.textContent)",
        selector);
  }

  @SuppressWarnings("unchecked") // all that these scripts return are lists of texts
  private List<String> strings(String script, Object... arguments) {
    return (List<String>) script(script, arguments);
  }

  Object script(String script, Object... arguments) {
    show();
    return browser.driver.executeScript(script, arguments);
  }

  private void show() {
    browser.show(handle);
  }
}
