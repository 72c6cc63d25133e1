package kit;

import static kit.Waiting.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.Rectangle;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.interactions.Actions;

/** The page in one tab: what a user does there, and what a user sees. */
public final class Tab {

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
  public void enter() {
    Door.enter(
        () -> {
          if (Subject.STEP > 1) {
            knock(user);
          }
          awaitConnected();
        });
  }

  /** Asks to come in under this name; whether it works, the status will tell. */
  public void knock(String name) {
    WebElement field = find("#name");
    field.clear();
    field.sendKeys(name, Keys.ENTER);
  }

  public void say(String text) {
    find("#text").sendKeys(text, Keys.ENTER);
  }

  /** Types like a person: with a pause after each character. */
  public void type(String text, Duration pause) {
    Actions typing = new Actions(browser.driver);
    show();
    text.chars().forEach(c -> typing.sendKeys(Character.toString(c)).pause(pause));
    typing.sendKeys(Keys.ENTER).perform();
  }

  /** Puts text with any characters into the field, as a paste does, and presses the button. */
  public void paste(String text) {
    find("#text").click();
    script("document.execCommand('insertText', false, arguments[0])", text);
    find("#say button").click();
  }

  /** From step 4 on: chooses a picture, as with the button, and waits until it can be sent. */
  public void attach(Path file) {
    find("#file").sendKeys(file.toString());
    awaitAttached();
  }

  /** The same, but drops it on the page. */
  public void drop(Path file) {
    drop(Map.of("items", List.of(), "files", List.of("" + file), "dragOperationsMask", 1));
    awaitAttached();
  }

  public void dropText(String text) {
    Object item = Map.of("mimeType", "text/plain", "data", text);
    drop(Map.of("items", List.of(item), "dragOperationsMask", 1));
  }

  /** Drops this where one writes. */
  private void drop(Map<String, Object> data) {
    Rectangle field = find("#text").getRect();
    for (String type : List.of("dragEnter", "dragOver", "drop")) {
      browser.driver.executeCdpCommand(
          "Input.dispatchDragEvent",
          Map.of("type", type, "x", field.x + 9, "y", field.y + 9, "data", data));
    }
  }

  /** The same, but pastes it; a PNG, as when a part of the screen was copied. */
  public void pastePicture(byte[] png) {
    paste(png, Map.of());
    awaitAttached();
  }

  /** As a word processor copies it: the text, the text in HTML, and a picture of the text. */
  public void pasteText(String text, byte[] png) {
    paste(png, Map.of("text/plain", text, "text/html", "<b>" + text + "</b>"));
  }

  private void paste(byte[] png, Map<String, String> texts) {
    show();
    Object permission = Map.of("name", "clipboard-write");
    browser.driver.executeCdpCommand(
        "Browser.setPermission", Map.of("permission", permission, "setting", "granted"));
    script(
        """
        const content = {...arguments[1]};
        content["image/png"] = Uint8Array.from(atob(arguments[0]), (c) => c.charCodeAt());
        for (const type in content) content[type] = new Blob([content[type]], {type});
        return navigator.clipboard.write([new ClipboardItem(content)]);
        """,
        Base64.getEncoder().encodeToString(png),
        texts);
    browser.driver.executeCdpCommand( // Ctrl+V, or what it is on this system
        "Input.dispatchKeyEvent", Map.of("type", "keyDown", "commands", List.of("paste")));
  }

  public void awaitAttached() {
    await(
        user + " to see the picture before it is sent",
        () -> assertThat(find("#picture canvas").isDisplayed()).isTrue());
  }

  public void press(CharSequence... keys) {
    show();
    new Actions(browser.driver).sendKeys(keys).perform();
  }

  public void reload() {
    show();
    browser.driver.navigate().refresh();
    awaitConnected();
  }

  /** Goes to another page, as a user does who has had enough. */
  public void leave() {
    show();
    browser.driver.get("about:blank");
  }

  /** And back again, as if the page were opened anew. */
  public void back() {
    show();
    browser.driver.navigate().back();
  }

  public void close() {
    show();
    browser.closeShown();
  }

  /** What the user has decided for this page, beside its address. */
  public void allowCamera(boolean allowed) {
    show();
    browser.driver.executeCdpCommand(
        "Browser.setPermission",
        Map.of(
            "permission", Map.of("name", "camera"),
            "setting", allowed ? "granted" : "denied",
            "origin", script("return location.origin")));
  }

  /** The window's size as on a phone or a projector, in CSS pixels; 0, 0 for the usual size. */
  public void resize(int width, int height) {
    show();
    browser.driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
  }

  /** Says {@code count} messages, each as soon as any message arrives: so all tabs talk at once. */
  public void chatter(int count) {
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
  public String line(String text) {
    return Subject.STEP == 1 ? text : user + ": " + text;
  }

  /** The messages since this user came in, in the order in which they are shown. */
  public List<String> messages() {
    if (Subject.STEP == 1) {
      return texts("#messages p");
    }
    return withoutTime(".said:not(.earlier)");
  }

  /** The messages that the page marks as earlier ones. */
  public List<String> earlierMessages() {
    return withoutTime(".said.earlier");
  }

  /**
   * The pictures that are loaded, as in {@code red and blue, 64 x 48: Our school}: the colours left
   * of the middle and right of it, the size in points, what is told to those who do not see it.
   */
  public List<String> pictures() {
    return strings(
        """
            const colors = {white: [255, 255, 255], red: [255, 0, 0], green: [0, 128, 0], blue: [0, 0, 255]};
            const images = [...document.querySelectorAll("#messages img")];
            return images.filter((image) => image.naturalWidth).map((image) => {
              const {naturalWidth: width, naturalHeight: height, alt} = image;
              const canvas = Object.assign(document.createElement("canvas"), {width, height});
              const context = canvas.getContext("2d", {willReadFrequently: true});
              context.drawImage(image, 0, 0);
              const colorAt = (part) => {
                const found = context.getImageData(width * part, height * part, 1, 1).data;
                const isIt = ([, color]) => color.every((value, i) => Math.abs(value - found[i]) < 8);
                return Object.entries(colors).find(isIt)?.[0] ?? found.join();
              };
              const both = new Set([colorAt(0.25), colorAt(0.75)]);
              return `${[...both].join(" and ")}, ${width} x ${height}: ${alt}`;
            });
            """);
  }

  public void awaitPicture(String description) {
    await(
        user + " to see a picture: " + description,
        () -> assertThat(pictures()).contains(description));
  }

  private List<String> withoutTime(String selector) {
    return strings(
        """
            return [...document.querySelectorAll("#messages " + arguments[0])].map((line) =>
                [...line.querySelectorAll("bdi")].map((part) => part.textContent).join(": "));
            """,
        selector);
  }

  public void awaitMessages(String... lines) {
    await(
        user + " to see " + Arrays.toString(lines),
        () -> assertThat(messages()).isEqualTo(List.of(lines)));
  }

  public void awaitMessage(String line) {
    await(user + " to see " + line, () -> assertThat(messages().contains(line)).isTrue());
  }

  public void awaitCount(int count) {
    await(user + " to see " + count + " lines", () -> assertThat(messages()).hasSize(count));
  }

  public void awaitConnected() {
    awaitStatus(Subject.STEP == 1 ? "Connected" : "Connected as " + user);
  }

  public void awaitStatus(String start) {
    await(user + " to be told: " + start, () -> assertThat(status()).startsWith(start));
  }

  public String status() {
    return (String) script("return document.querySelector('#status').textContent");
  }

  /** Who is here, as the page lists it. */
  public void awaitOnline(String... names) {
    await(
        user + " to see that here are " + Arrays.toString(names),
        () -> assertThat(online()).isEqualTo(List.of(names)));
  }

  public List<String> online() {
    return texts("#online li");
  }

  /** Waits for a sentence that says why something did not work. */
  public void awaitTrouble(String start) {
    await(
        user + " to be told: " + start,
        () -> assertThat(texts("#trouble")).singleElement().asString().startsWith(start));
  }

  /** From step 5 on: whose snapshots are shown. */
  public List<String> tiles() {
    return texts("#tiles figcaption");
  }

  public void awaitTiles(String... names) {
    await(
        user + " to see snapshots of " + Arrays.toString(names),
        () -> assertThat(tiles()).containsExactlyInAnyOrder(names));
  }

  /** What this user's tile shows, as a picture in text; changes when a new snapshot is drawn. */
  public String tile(String name) {
    return (String) inTile(name, "return canvas.toDataURL()");
  }

  public void awaitMoving(String name) {
    await(user + " to see " + name, () -> assertThat(tile(name)).isNotNull());
    String before = tile(name);
    await(user + " to see " + name + " move", () -> assertThat(tile(name)).isNotEqualTo(before));
  }

  /** Waits until this user's tile has one colour, about. */
  public void awaitColour(String name, Color color) {
    await(
        user + " to see a snapshot of " + name + " in " + color,
        () ->
            assertThat(
                    inTile(
                        name,
                        """
                        const probe = new OffscreenCanvas(1, 1).getContext("2d");
                        probe.drawImage(canvas, 0, 0, 1, 1);
                        const [r, g, b] = probe.getImageData(0, 0, 1, 1).data;
                        const [red, green, blue] = arguments[1];
                        return Math.abs(r - red) + Math.abs(g - green) + Math.abs(b - blue) < 30;
                        """,
                        List.of(color.getRed(), color.getGreen(), color.getBlue())))
                .isEqualTo(true));
  }

  private Object inTile(String name, String script, Object... more) {
    Object[] arguments = new Object[1 + more.length];
    arguments[0] = name;
    System.arraycopy(more, 0, arguments, 1, more.length);
    return script(
        """
        const tile = [...document.querySelectorAll("#tiles figure")].find(
            (figure) => figure.querySelector("figcaption").textContent === arguments[0]);
        const canvas = tile?.querySelector("canvas");
        if (!canvas?.width) return null;
        """
            + script,
        arguments);
  }

  /** All that is to be read in the window. */
  public String text() {
    return (String) script("return document.body.innerText");
  }

  /** Whether the page is at the door: it asks for a name, and shows no chat. */
  public boolean isAtDoor() {
    return find("#door").isDisplayed() && !find("#say").isDisplayed();
  }

  /** Whether the bottom of the last line is inside the box that scrolls, and in the window. */
  public boolean isAtEnd() {
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

  public byte[] screenshot() {
    show();
    return browser.driver.getScreenshotAs(OutputType.BYTES);
  }

  /** What axe-core objects to, best practices included: rule, explanation, element. */
  public List<String> violations() throws IOException {
    try (InputStream axe = Tab.class.getResourceAsStream("/axe.min.js")) {
      script(new String(axe.readAllBytes(), StandardCharsets.UTF_8));
    }
    return strings(
        """
            return axe.run().then((results) => results.violations.flatMap((rule) =>
                rule.nodes.map((node) => `${rule.id}: ${rule.help}: ${node.html}`)));
            """);
  }

  public WebElement find(String selector) {
    show();
    return browser.driver.findElement(By.cssSelector(selector));
  }

  public String valueOf(String selector) {
    return find(selector).getDomProperty("value");
  }

  public List<String> texts(String selector) {
    return strings(
        "return [...document.querySelectorAll(arguments[0])].map(found => found.textContent)",
        selector);
  }

  @SuppressWarnings("unchecked") // all that these scripts return are lists of texts
  private List<String> strings(String script, Object... arguments) {
    return (List<String>) script(script, arguments);
  }

  public Object script(String script, Object... arguments) {
    show();
    return browser.driver.executeScript(script, arguments);
  }

  private void show() {
    browser.show(handle);
  }
}
