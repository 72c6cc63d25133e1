package chat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.openqa.selenium.WebDriverException;

/** The third step as a play for the class: who comes late finds the archive. */
public final class Demo {

  /** {@code -Dheadless=true} opens no windows and writes pictures to target/demo instead. */
  public static void main(String[] args) throws Exception {
    boolean headless = Boolean.getBoolean("headless");
    try {
      run(headless, Path.of(System.getProperty("demo.folder", "target/demo")));
    } catch (IllegalStateException e) {
      System.err.println(e.getMessage());
      System.exit(1);
    } catch (WebDriverException e) {
      System.err.println("The demo ends: a window was closed, or did not answer.");
      System.exit(1);
    }
  }

  static void run(boolean headless, Path folder) throws Exception {
    Path archive = Files.createTempDirectory("demo");
    try (RunningChat chat = new RunningChat(archive.resolve("demo.jsonl"));
        Stage stage = new Stage(headless, chat.address(), List.of("Ann", "Boris", "Clara"))) {
      play(stage);
      if (headless) {
        stage.write(folder, "step3");
      } else {
        System.out.println("Press Enter to close the windows.");
        System.in.read();
      }
    } finally {
      Files.deleteIfExists(archive.resolve("demo.jsonl"));
      Files.delete(archive);
    }
  }

  private static void play(Stage stage) {
    Tab ann = stage.tab(0);
    Tab boris = stage.tab(1);
    Tab clara = stage.tab(2);
    ann.type("Ann", stage.pause());
    ann.awaitStatus("Connected as Ann");
    boris.type("Boris", stage.pause());
    boris.awaitStatus("Connected as Boris");
    ann.awaitOnline("Ann", "Boris");
    stage.scene();
    ann.type("Clara is late again.", stage.pause());
    boris.awaitMessage("Ann: Clara is late again.");
    stage.scene();
    boris.type("She can read it later.", stage.pause());
    ann.awaitMessage("Boris: She can read it later.");
    stage.scene();
    clara.type("Clara", stage.pause());
    clara.awaitMessages("Ann: Clara is late again.", "Boris: She can read it later.");
    boris.awaitOnline("Ann", "Boris", "Clara");
    stage.scene();
    clara.type("I have read it!", stage.pause());
    List.of(ann, boris, clara).forEach(tab -> tab.awaitMessage("Clara: I have read it!"));
    stage.scene();
  }
}
