package kit;

import static kit.Waiting.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** From step 5 on: snapshots in tabs of a real browser, with a camera that shows a clock. */
@Steps(from = 5, to = 6)
@Once
class VideoTabsTest extends Check {

  @Test
  @Story
  void aCameraIsShownWithItsNameInAllThreeTabsAndMoves() throws Exception {
    String a = fresh("Ann");
    Tab ann = tabNamed(a);
    List<Tab> all = List.of(ann, tab("Boris"), tab("Clara"));
    ann.find("#camera").click();
    for (Tab tab : all) {
      tab.awaitTiles(a);
      tab.awaitMoving(a);
    }
    Tab late = tab("late");
    late.awaitTiles(a);
    late.awaitMoving(a);
  }

  @Test
  void severalMayShowAtOnceAndEachStopsByItself() throws Exception {
    String a = fresh("Ann");
    String b = fresh("Boris");
    Tab ann = tabNamed(a);
    Tab boris = tabNamed(b);
    ann.find("#camera").click();
    boris.find("#screen").click();
    for (Tab tab : List.of(ann, boris)) {
      tab.awaitTiles(a, b);
    }
    ann.find("#camera").click();
    ann.awaitTiles(b);
    boris.awaitTiles(b);
    boris.awaitMoving(b);
    assertThat(ann.find("#camera").getText()).isEqualTo("Camera");
    assertThat(boris.find("#screen").getText()).isEqualTo("Stop");
  }

  @ParameterizedTest
  @EnumSource
  void whateverEndsTheVideoInItsTabItsTileIsGoneInTheOthers(InTab end) throws Exception {
    String a = fresh("Ann");
    Tab ann = tabNamed(a);
    Tab boris = tab("Boris");
    ann.find("#camera").click();
    boris.awaitTiles(a);
    end.how.accept(ann);
    boris.awaitTiles();
  }

  enum InTab {
    STOP(ann -> ann.find("#camera").click()),
    LEAVE(Tab::leave),
    RELOAD(Tab::reload),
    CLOSE(Tab::close),
    CAMERA_IS_TAKEN_AWAY(
        ann -> {
          ann.allowCamera(true);
          ann.allowCamera(false);
          ann.awaitTrouble("The camera or the screen was taken away.");
          ann.allowCamera(true);
        });

    private final Consumer<Tab> how;

    InTab(Consumer<Tab> how) {
      this.how = how;
    }
  }

  @Test
  void whatTheCameraCannotDoIsSaidInASentence() throws Exception {
    Tab ann = tab("Ann");
    Map<String, String> sentences =
        new TreeMap<>( // always in the same order: the book shows the first one
            Map.of(
                "NotAllowedError", "The browser was not allowed to show it.",
                "NotFoundError", "The browser finds no camera.",
                "NotReadableError", "The camera cannot be read: does another program use it?"));
    sentences.forEach(
        (error, sentence) -> {
          ann.script(
              """
              const [error] = arguments;
              navigator.mediaDevices.getUserMedia = async () => {
                throw new DOMException("no", error);
              };
              """,
              error);
          ann.find("#camera").click();
          ann.awaitTrouble(sentence);
          assertThat(ann.find("#camera").getText()).isEqualTo("Camera");
          assertThat(ann.tiles()).isEmpty();
        });
  }

  @Test
  void aVideoFileIsShownAndOtherFilesAreRefused(@TempDir Path folder) throws Exception {
    String a = fresh("Ann");
    Tab ann = tabNamed(a);
    Tab boris = tab("Boris");
    Path file = Files.write(folder.resolve("video.webm"), webm(ann, 500));
    ann.find("#video-file").sendKeys(file.toString());
    ann.awaitTiles(a);
    boris.awaitTiles(a);
    boris.awaitMoving(a);
    Path text = Files.writeString(folder.resolve("text.webm"), "This is no video.");
    ann.find("#player").click();
    boris.awaitTiles();
    ann.find("#video-file").sendKeys(text.toString());
    ann.awaitTrouble("The browser cannot play this video.");
  }

  /** So many milliseconds of WebM, made by the browser. */
  private static byte[] webm(Tab tab, int length) {
    Object base64 =
        tab.script(
            """
            const canvas = document.createElement("canvas");
            const context = canvas.getContext("2d");
            const stream = canvas.captureStream(0); // a picture each time it is asked for one
            const recorder = new MediaRecorder(stream, { mimeType: "video/webm" });
            const [length] = arguments;
            let painted = 0;
            const painting = setInterval(() => {
              context.fillStyle = `hsl(${++painted * 40} 100% 50%)`;
              context.fillRect(0, 0, canvas.width, canvas.height);
              stream.getVideoTracks()[0].requestFrame();
              if (painted * 50 === length) recorder.stop();
            }, 50);
            return new Promise((resolve) => {
              recorder.ondataavailable = async ({ data }) => {
                clearInterval(painting);
                const bytes = new Uint8Array(await data.arrayBuffer());
                resolve(btoa(bytes.reduce((text, byte) => text + String.fromCharCode(byte), "")));
              };
              recorder.start();
            });
            """,
            length);
    return Base64.getDecoder().decode((String) base64);
  }

  @Test
  void aViewerMayPauseAllTilesAndThenSeesTheNewest() throws Exception {
    Client boris = client("Boris");
    Tab ann = tab("Ann");
    boris.snapshot(picture(Color.RED));
    ann.awaitColour(boris.name(), Color.RED);
    ann.find("#pause").click();
    countSent(ann);
    boris.snapshot(picture(Color.GREEN));
    ann.awaitColour(boris.name(), Color.GREEN); // it was on its way already
    assertThat(ann.script("return window.sent")).as("sent when it was drawn").isEqualTo(0L);
    boris.snapshot(picture(Color.MAGENTA)).snapshot(picture(Color.BLUE)).say("barrier");
    ann.awaitMessage(boris.line("barrier"));
    ann.awaitColour(boris.name(), Color.GREEN);
    ann.find("#pause").click();
    ann.awaitColour(boris.name(), Color.BLUE);
  }

  private static void countSent(Tab tab) {
    tab.script(
        """
        const send = WebSocket.prototype.send;
        window.sent = window.sentWhileHidden = 0;
        WebSocket.prototype.send = function (message) {
          window.sent++;
          if (document.hidden) window.sentWhileHidden++;
          send.call(this, message);
        };
        """);
  }

  @Test
  void aPictureThatCannotBeDrawnHoldsUpNothing() throws Exception {
    Client boris = client("Boris");
    Tab ann = tab("Ann");
    boris.snapshot(undrawable()).snapshot(picture(Color.BLUE));
    ann.awaitColour(boris.name(), Color.BLUE);
  }

  @Test
  void aTabThatIsHiddenAsksForNothingAndShowsTheNewestPictureWhenItIsBack() throws Exception {
    Client boris = client("Boris");
    Tab ann = tab("Ann");
    boris.snapshot(picture(Color.RED));
    ann.awaitColour(boris.name(), Color.RED);
    countSent(ann);
    Tab clara = tab("Clara"); // in front of Ann's
    for (Color color : List.of(Color.GREEN, Color.MAGENTA, Color.BLUE)) {
      boris.snapshot(picture(color));
      clara.awaitColour(boris.name(), color);
    }
    ann.awaitColour(boris.name(), Color.BLUE);
    assertThat(ann.script("return window.sentWhileHidden")).as("sent while hidden").isEqualTo(0L);
  }

  @Test
  void aTabThatIsHiddenGoesOnShowingItsCamera() throws Exception {
    String a = fresh("Ann");
    Tab ann = tabNamed(a);
    ann.find("#camera").click();
    Tab boris = tab("Boris"); // in front of Ann's
    for (int i = 0; i < 5; i++) {
      boris.awaitMoving(a);
    }
  }

  @Test
  @LongProof // a browser slows a hidden tab down when it has been hidden for ten seconds
  void aTabThatIsHiddenForLongShowsItsCameraAsFastAsBefore() throws Exception {
    Client viewer = client("viewer");
    try (Browser browser = Browser.asOfAUser()) {
      Tab ann = browser.join(fresh("Ann"), chat().page());
      ann.find("#camera").click();
      browser.join(fresh("Boris"), chat().page()); // in front of Ann's
      int count = 0;
      for (long begin = System.nanoTime(); seconds(begin) < 10; ) {
        watch(viewer, ++count);
      }
      long begin = System.nanoTime();
      for (int i = 0; i < 30; i++) {
        watch(viewer, ++count);
      }
      assertThat(seconds(begin)).as("seconds for 30 pictures").isLessThan(10);
    }
  }

  @Test
  @LongProof // with the driver's own flags, a browser does not pause it
  void aTabThatIsHiddenForLongGoesOnShowingItsVideoFile(@TempDir Path folder) throws Exception {
    Client viewer = client("viewer");
    try (Browser browser = Browser.asOfAUser()) {
      Tab ann = browser.join(fresh("Ann"), chat().page());
      Path file = Files.write(folder.resolve("video.webm"), webm(ann, 4000));
      ann.find("#video-file").sendKeys(file.toString());
      browser.join(fresh("Boris"), chat().page()); // in front of Ann's
      int count = 0;
      for (long begin = System.nanoTime(); seconds(begin) < 15; ) {
        watch(viewer, ++count);
      }
      Set<Integer> different = new HashSet<>();
      for (int i = 0; i < 30; i++) {
        watch(viewer, ++count);
        different.add(Arrays.hashCode(viewer.snapshots().get(count - 1).jpeg()));
      }
      assertThat(different).as("pictures that differ, of 30").hasSizeGreaterThan(3);
    }
  }

  private static double seconds(long begin) {
    return (System.nanoTime() - begin) / 1e9;
  }

  private static void watch(Client viewer, int number) {
    viewer.awaitSnapshots(number);
    viewer.drawn();
  }

  @Test
  @Own
  void aBrowserWithoutACameraIsOfferedAVideoFile(@TempDir Path folder) throws Exception {
    Program shared = program("-Dhost=0.0.0.0");
    String address = shared.addresses().get(1);
    String a = fresh("Ann");
    Tab ann = browser().visit(a, address);
    ann.enter();
    assertThat(ann.find("#screen").isDisplayed()).as("the button for the screen").isFalse();
    ann.find("#camera").click();
    ann.awaitTrouble("A browser shows a camera only at localhost or over https.");
    Path file = Files.write(folder.resolve("video.webm"), webm(ann, 500));
    ann.find("#video-file").sendKeys(file.toString());
    ann.awaitTiles(a);
    ann.awaitMoving(a);
  }

  @Test
  void anAccessibilityCheckFindsNothingWithManyTiles() throws Exception {
    Tab ann = tab("Ann");
    ann.resize(390, 664);
    for (int i = 0; i < 8; i++) {
      client("Guest with a name").snapshot(picture(Color.GRAY));
    }
    await("all tiles", () -> assertThat(ann.tiles()).hasSize(8));
    assertThat(ann.violations()).isEmpty();
    assertThat(ann.script("return document.documentElement.scrollWidth <= innerWidth"))
        .as("nothing runs off the screen")
        .isEqualTo(true);
    ann.say("Hi");
    ann.awaitMessage(ann.line("Hi"));
    assertThat(ann.isAtEnd()).as("the last message is in sight").isTrue();
  }

  private static byte[] picture(Color color) {
    return Drawing.jpeg(320, 240, color);
  }

  /** A whole JPEG by its segments; but no browser can draw it, because no code is known. */
  private static byte[] undrawable() {
    byte[] jpeg = picture(Color.GRAY);
    for (int i = 0; i < jpeg.length - 20; i++) {
      if (jpeg[i] == (byte) 0xff && jpeg[i + 1] == (byte) 0xc4) {
        Arrays.fill(jpeg, i + 5, i + 21, (byte) 0); // how many codes there are of each length
      }
    }
    return jpeg;
  }
}
