package chat;

import java.nio.file.Path;
import java.util.List;
import org.openqa.selenium.WebDriverException;

/** The second step as a play for the class: a name is taken, and somebody leaves. */
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
    try (RunningChat chat = new RunningChat();
        Stage stage = new Stage(headless, chat.address(), List.of("Ann", "Boris", "Clara"))) {
      play(stage);
      if (headless) {
        stage.write(folder, "step2");
      } else {
        System.out.println("Press Enter to close the windows.");
        System.in.read();
      }
    }
  }

  private static void play(Stage stage) {
    Tab ann = stage.tab(0);
    Tab boris = stage.tab(1);
    Tab clara = stage.tab(2);
    stage.scene();
    ann.type("Ann", stage.pause());
    ann.awaitStatus("Connected as Ann");
    boris.type("Ann", stage.pause());
    boris.awaitStatus("Somebody with this name is here already.");
    stage.scene();
    boris.knock("Boris");
    boris.awaitStatus("Connected as Boris");
    clara.type("Clara", stage.pause());
    clara.awaitStatus("Connected as Clara");
    ann.awaitOnline("Ann", "Boris", "Clara");
    stage.scene();
    ann.type("Now we know who speaks.", stage.pause());
    clara.awaitMessage("Ann: Now we know who speaks.");
    stage.scene();
    clara.type("I have to go.", stage.pause());
    ann.awaitMessage("Clara: I have to go.");
    clara.leave();
    boris.awaitOnline("Ann", "Boris");
    ann.awaitOnline("Ann", "Boris");
    stage.scene();
  }
}
