package kit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static kit.Waiting.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;
import tools.jackson.databind.JsonNode;

/** From step 4 on: pictures in the page. */
@Steps(from = 4, to = 6)
@Once
class PicturePageTest extends Check {

  @TempDir private Path folder;

  private Path file(String name, byte[] bytes) throws IOException {
    return Files.write(folder.resolve(name), bytes);
  }

  /** So many points of noise that it goes up in more than ten parts. */
  private Path large() throws IOException {
    return file("large.png", Drawing.file("png", Drawing.noise(600, 600, 1)));
  }

  @Test
  void allThreeTabsSeeWhatOneChoosesOneDropsAndOnePastes() throws Exception {
    Tab ann = tab("Ann");
    Tab boris = tab("Boris");
    Tab clara = tab("Clara");
    List<Tab> all = List.of(ann, boris, clara);
    ann.attach(file("chosen.jpg", Drawing.jpeg(64, 48, Color.RED)));
    ann.say("Our school");
    all.forEach(tab -> tab.awaitPicture("red, 64 x 48: Our school"));
    boris.drop(
        file("dropped.gif", Drawing.file("gif", Drawing.halves(50, 20, Color.BLUE, Color.BLUE))));
    boris.say("");
    String undescribed = "A picture from " + boris.line("").replace(": ", ", not described");
    all.forEach(tab -> tab.awaitPicture("blue, 50 x 20: " + undescribed));
    BufferedImage transparent = new BufferedImage(40, 30, BufferedImage.TYPE_INT_ARGB);
    clara.pastePicture(Drawing.file("png", transparent));
    clara.say("A window");
    all.forEach(tab -> tab.awaitPicture("white, 40 x 30: A window"));
    all.forEach(
        tab -> tab.awaitMessages(ann.line("Our school"), boris.line(""), clara.line("A window")));
    assertThat(clara.find("#picture").isDisplayed()).as("it can be sent again").isFalse();
  }

  @Test
  void aLargePhotoBecomesSmallerIsTurnedUprightAndLosesWhatTheCameraWroteIntoIt() throws Exception {
    Tab ann = tab("Ann");
    Client boris = client("Boris");
    byte[] small = Drawing.file("jpg", Drawing.halves(40, 20, Color.RED, Color.BLUE));
    ann.attach(file("upright.jpg", Drawing.upright(small)));
    ann.say("upright");
    ann.awaitPicture("red and blue, 20 x 40: upright");
    BufferedImage squares = Drawing.noise(4000, 3000, 3); // more than 512 KiB also when it is small
    ann.attach(file("photo.jpg", Drawing.upright(Drawing.file("jpg", squares))));
    ann.say("large");
    boris.awaitSaid(ann.line("large"));
    for (JsonNode said : boris.saidEvents()) {
      JsonNode picture = said.path("picture");
      byte[] bytes =
          PicturesTest.ask("GET", chat().page().resolve(picture.path("path").asString())).body();
      assertThat(new String(bytes, ISO_8859_1)).startsWith("\u00ff\u00d8").doesNotContain("Exif");
    }
    JsonNode large = boris.saidEvents().get(1).path("picture");
    assertThat(large.path("width").asInt()).isEqualTo(960);
    assertThat(large.path("height").asInt()).isEqualTo(1280);
  }

  @Test
  void aPictureThatHardlyGetsSmallerIsSentWithFewerPixels() throws Exception {
    BufferedImage specks = new BufferedImage(1280, 1280, BufferedImage.TYPE_BYTE_BINARY);
    specks.getGraphics().drawImage(Drawing.noise(1280, 1280, 1), 0, 0, null); // black and white
    Tab ann = tab("Ann");
    Client boris = client("Boris");
    ann.attach(file("specks.png", Drawing.file("png", specks)));
    ann.say("specks");
    boris.awaitSaid(ann.line("specks"));
  }

  @Test
  void whatIsNoPictureGetsASentence() throws Exception {
    Tab ann = tab("Ann");
    ann.find("#file").sendKeys(file("no.jpg", "no picture".getBytes()).toString());
    await("the sentence", () -> assertThat(ann.texts("#trouble").get(0)).matches("[A-Z].+\\."));
    assertThat(ann.find("#picture").isDisplayed()).isFalse();
    ann.attach(file("yes.jpg", Drawing.jpeg(30, 30, Color.RED)));
    assertThat(ann.texts("#trouble")).containsExactly("");
  }

  @Test
  void aTextThatIsDroppedIsAText() throws Exception {
    Tab ann = tab("Ann");
    ann.dropText("dragged");
    await("the text", () -> assertThat(ann.valueOf("#text")).isEqualTo("dragged"));
  }

  @Test
  void wordsThatAreTypedWhileItIsBeingMadeAreSentWithIt() throws Exception {
    Tab ann = tab("Ann");
    ann.script(
        """
        const made = createImageBitmap;
        window.createImageBitmap = async (chosen) => {
          await new Promise((resolve) => (window.goOn = resolve));
          return made(chosen);
        };
        """);
    ann.find("#file").sendKeys(file("a.jpg", Drawing.jpeg(30, 30, Color.RED)).toString());
    ann.say("Our school");
    Client boris = client("Boris").say("meanwhile");
    ann.awaitMessages(boris.line("meanwhile"));
    ann.script("goOn()");
    ann.awaitAttached();
    ann.press(Keys.ENTER);
    ann.awaitPicture("red, 30 x 30: Our school");
  }

  @Test
  void ofATextThatIsPastedWithAPictureOfItTheTextIsTaken() throws Exception {
    Tab ann = tab("Ann");
    Client boris = client("Boris");
    ann.pasteText("from a document", Drawing.file("png", Drawing.noise(64, 48, 8)));
    await("the text", () -> assertThat(ann.valueOf("#text")).isEqualTo("from a document"));
    ann.press(Keys.ENTER);
    boris.awaitSaid(ann.line("from a document"));
    assertThat(boris.saidEvents().get(0).has("picture")).isFalse();
    assertThat(ann.find("#picture").isDisplayed()).isFalse();
  }

  @Test
  void itCanBeRemovedBeforeItIsSent() throws Exception {
    Tab ann = tab("Ann");
    Client boris = client("Boris");
    Path picture = file("a.jpg", Drawing.jpeg(30, 30, Color.RED));
    ann.attach(picture);
    ann.find("#picture button").click();
    assertThat(ann.find("#picture").isDisplayed()).isFalse();
    ann.say("without it");
    boris.awaitSaid(ann.line("without it"));
    assertThat(boris.saidEvents().get(0).has("picture")).isFalse();
    ann.attach(picture); // the same file again
    ann.say("with it");
    ann.awaitPicture("red, 30 x 30: with it");
  }

  /** Remembers the progress that is shown; when some has come, does this once. */
  private static void watch(Tab tab, String then) {
    tab.script(
        """
        const progress = document.querySelector("#picture progress");
        const [text, say] = [document.querySelector("#text"), document.querySelector("#say")];
        const button = document.querySelector("#picture button");
        let done = false;
        window.shown = [];
        new MutationObserver(() => {
          if (!progress.hidden) shown.push(progress.value);
          if (progress.value > 0 && !done) {
            done = true;
            %s
          }
        }).observe(progress, {attributeFilter: ["value"]});
        """
            .formatted(then));
  }

  @Test
  void theBarIsFullWhenAllPartsHaveCome() throws Exception {
    Tab ann = tab("Ann");
    ann.attach(large());
    assertThat(ann.find("#picture progress").isDisplayed()).isFalse();
    watch(ann, "");
    ann.say("large");
    await("the bar to be full", () -> assertThat(ann.script("return shown.at(-1)")).isEqualTo(1L));
    assertThat(ann.script("return shown.length > 10")).isEqualTo(true);
  }

  @Test
  void itsProgressIsShownWhileItGoesUpAndATextDoesNotWaitForIt() throws Exception {
    Tab ann = tab("Ann");
    ann.attach(large());
    assertThat(ann.find("#picture progress").isDisplayed()).isFalse();
    watch(ann, "text.value = 'meanwhile'; say.requestSubmit();");
    ann.say("large");
    ann.awaitMessages(ann.line("meanwhile"), ann.line("large"));
    List<?> shown = (List<?>) ann.script("return shown");
    assertThat(shown).hasSizeGreaterThan(10).doesNotHaveDuplicates();
    assertThat(shown.stream().map(value -> ((Number) value).doubleValue()).toList()).isSorted();
  }

  @Test
  void itCanBeStoppedWhileItGoesUpAndSentAgain() throws Exception {
    Tab ann = tab("Ann");
    Client boris = client("Boris");
    ann.attach(large());
    watch(ann, "text.value = 'and more'; button.click();");
    ann.say("my words");
    await(
        "Ann to have her words again",
        () -> assertThat(ann.valueOf("#text")).isEqualTo("my words and more"));
    assertThat(ann.texts("#trouble").get(0)).matches("[A-Z].+\\.");
    assertThat(ann.find("#picture").isDisplayed()).as("the picture is still there").isTrue();
    ann.press(Keys.ENTER);
    ann.awaitMessages(ann.line("my words and more"));
    boris.awaitSaid(ann.line("my words and more"));
    assertThat(boris.said()).containsExactly(ann.line("my words and more"));
    assertThat(ann.texts("#trouble")).containsExactly("");
  }

  @Test
  @Own
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "Windows has no SIGSTOP")
  void whenTheConnectionIsLostMeanwhileThePictureAndItsWordsAreStillThere() throws Exception {
    Program program = program();
    Tab ann = browser().join("Ann", program.subject().page());
    ann.attach(large());
    program.signal("STOP"); // from here on nothing is received
    ann.say("my words");
    assertThat(ann.find("#picture progress").isDisplayed()).isTrue();
    assertThat(ann.violations()).as("what an accessibility check finds").isEmpty();
    program.kill();
    ann.awaitStatus("Not connected");
    assertThat(ann.find("#picture canvas").isDisplayed()).isTrue();
    assertThat(ann.find("#picture progress").isDisplayed()).isFalse();
    assertThat(ann.valueOf("#text")).isEqualTo("my words");
  }

  @Test
  void itIsShownLargeWithTheKeyboardAndWithTheMouse() throws Exception {
    Tab ann = tab("Ann");
    ann.attach(file("school.png", Drawing.file("png", Drawing.landscape(1280, 800))));
    ann.say("Our school");
    ann.awaitMessages(ann.line("Our school"));
    ann.script("[...document.querySelectorAll('#messages button')].at(-1).focus()");
    ann.press(Keys.ENTER);
    String large = "return document.querySelector('dialog[open] img')?.alt";
    assertThat(ann.script(large)).isEqualTo("Our school");
    ann.press(Keys.ESCAPE);
    assertThat(ann.script(large)).isNull();
    assertThat(ann.script("return document.activeElement.closest('#messages') !== null"))
        .as("the focus is where it was")
        .isEqualTo(true);
    ann.find("#messages p:last-child img").click();
    assertThat(ann.script(large)).isEqualTo("Our school");
    ann.find("dialog[open] button").click();
    assertThat(ann.script(large)).isNull();
  }

  @Test
  void ofFortyOldPicturesANewcomerLoadsThoseInSightAndAFewMore() throws Exception {
    Client boris = client("Boris");
    for (int i = 1; i <= 40; i++) {
      boris.show(Drawing.jpeg(320, 240, i == 40 ? Color.RED : Color.BLUE), "picture " + i);
    }
    boris.awaitSaid(40);
    Tab ann = tab("Ann");
    ann.awaitPicture("red, 320 x 240: picture 40");
    assertThat(ann.isAtEnd()).as("the last one is in sight").isTrue();
    assertThat(ann.pictures()).as("loaded").hasSizeLessThan(15);
    assertThat(ann.earlierMessages()).contains(boris.line("picture 1"));
  }

  @Test
  @Own
  void ofOneThatWasRemovedThePageSaysSoAndAnAccessibilityCheckFindsNothing() throws Exception {
    nothingIsFound("light");
  }

  @Test
  @Own
  @LongProof
  void anAccessibilityCheckFindsNothingInTheDark() throws Exception {
    nothingIsFound("dark");
  }

  private void nothingIsFound(String colorScheme) throws Exception {
    Subject chat = program("-Dpictures=1").subject();
    Client boris = clientNamed("Boris", chat);
    boris.show(Drawing.jpeg(64, 48, Color.RED), "old").show(Drawing.jpeg(64, 48, Color.BLUE), " ");
    boris.awaitSaid(2);
    Tab ann = browser().join("Ann", chat.page());
    browser().prefer(colorScheme);
    ann.awaitPicture("blue, 64 x 48: A picture from Boris, not described");
    await(
        "Ann to be told that one is gone",
        () -> assertThat(ann.text()).contains("This picture cannot be loaded: perhaps"));
    assertThat(ann.earlierMessages()).containsExactly("Boris: old", "Boris:  ");
    ann.attach(large());
    ann.find("#file").sendKeys(file("no.jpg", new byte[1]).toString());
    await("the sentence", () -> assertThat(ann.texts("#trouble").get(0)).isNotEmpty());
    assertThat(ann.violations()).as("one that is gone, one to be sent, a sentence").isEmpty();
    ann.script("document.querySelector('#messages button').click()");
    assertThat(ann.violations()).as("a large picture").isEmpty();
    assertThat(browser().complaints()).hasSize(1).allMatch(line -> line.contains("404"));
  }
}
