package kit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.openqa.selenium.SessionNotCreatedException;
import org.openqa.selenium.WebDriverException;

/** A step as a play for the class: three users in three windows. */
public final class Demo {

  private static final List<String> USERS = List.of("Ann", "Boris", "Clara");

  private Demo() {}

  /** {@code -Dheadless=true} opens no windows and writes pictures to target/demo instead. */
  public static void main(String[] args) throws Exception {
    Path folder = Path.of(System.getProperty("demo.folder", "target/demo"));
    try (Program program = Program.java()) {
      if (Boolean.getBoolean("headless")) {
        try (Browser browser = new Browser()) {
          draw(browser, program.subject(), folder);
        }
        System.out.println("The pictures are in " + folder.toAbsolutePath() + ".");
      } else {
        try (Stage stage = Stage.inWindows(program.subject().page(), USERS)) {
          play(Subject.STEP).accept(stage);
          System.out.println("Press Enter to close the windows.");
          System.in.read();
        }
      }
    } catch (IllegalStateException e) {
      System.err.println(e.getMessage());
      System.exit(1);
    } catch (CompletionException | SessionNotCreatedException e) {
      System.err.println(
          "The demo needs Chromium or Chrome, and its driver: the README says how to install them.");
      System.exit(1);
    } catch (WebDriverException e) {
      System.err.println("The demo ends: a window was closed, or did not answer.");
      System.exit(1);
    }
  }

  /** Plays to the end and writes what was seen: a strip, an animation, and the texts. */
  static void draw(Browser browser, Subject chat, Path folder) throws IOException {
    Files.createDirectories(folder);
    try (Stage stage = Stage.inTabs(browser, chat.page(), USERS)) {
      play(Subject.STEP).accept(stage);
      stage.write(folder, "step" + Subject.STEP);
    }
  }

  /** Each step has a play of its own, which shows what is new in it. */
  private static Consumer<Stage> play(int step) {
    return switch (step) {
      case 1 -> Demo::everybodySeesEverything;
      case 2 -> Demo::namesComeAndGo;
      case 4 -> Demo::everybodySeesThePicture;
      case 5 -> Demo::everybodySeesTheVideos;
      case 6 -> Demo::everybodySeesWhatIsMeasured;
      default -> Demo::aLateJoinerReadsTheArchive;
    };
  }

  private static void everybodySeesEverything(Stage stage) {
    stage.scene();
    stage.says(0, "Hi, I am Ann.");
    stage.says(1, "Hi, Ann! This is Boris.");
    stage.says(2, "And Clara. We all see the same.");
  }

  private static void namesComeAndGo(Stage stage) {
    stage.enters(0);
    stage.enters(1);
    stage.enters(2);
    stage.scene();
    stage.says(0, "Hi! Who is here?");
    stage.says(1, "Look at the list.");
    stage.leaves(2);
    stage.says(0, "Where is Clara?");
    stage.returns(2);
    stage.says(2, "Here again!");
  }

  private static void aLateJoinerReadsTheArchive(Stage stage) {
    stage.enters(0);
    stage.enters(1);
    stage.scene();
    stage.says(0, "Clara is late again.");
    stage.says(1, "She can read it later.");
    stage.enters(2);
    stage.scene();
    stage.says(2, "I have read it!");
  }

  private static void everybodySeesThePicture(Stage stage) {
    String words = "The hills behind our school";
    stage.enters(0);
    stage.enters(1);
    stage.scene();
    stage.shows(0, words);
    stage.says(1, "And the sun shines!");
    stage.enters(2);
    stage.sees(2, words);
  }

  private static void everybodySeesTheVideos(Stage stage) {
    stage.enters(0);
    stage.enters(1);
    stage.scene();
    stage.startsVideo(0);
    stage.says(1, "I see your camera!");
    stage.startsVideo(1);
    stage.stopsVideo(0);
    stage.says(0, "Now I see only yours.");
    stage.startsVideo(0);
    stage.enters(2);
    stage.says(2, "I see you both.");
  }

  private static void everybodySeesWhatIsMeasured(Stage stage) {
    stage.enters(0);
    stage.enters(1);
    stage.enters(2);
    stage.startsVideo(1);
    stage.says(1, "Can you see me?");
    stage.unfoldsCharts(1);
    stage.unfoldsCharts(2);
    stage.says(2, "Yes, and how much you send.");
    stage.shows(0, "The hills behind our school");
    stage.seesSilence(1);
    stage.seesSilence(2);
  }
}
