package chat;

import java.nio.file.Path;
import java.util.List;
import org.openqa.selenium.WebDriverException;

/** The article's experiment as a play for the class: what one says, all three see. */
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
        stage.write(folder, "step1");
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
    List.of(ann, boris, clara).forEach(Tab::enter);
    stage.scene();
    ann.type("Hello! Who is here?", stage.pause());
    clara.awaitMessage("Hello! Who is here?");
    stage.scene();
    boris.type("Me, in the second window.", stage.pause());
    clara.awaitMessage("Me, in the second window.");
    stage.scene();
    clara.type("And me: we all see the same.", stage.pause());
    List.of(ann, boris, clara).forEach(tab -> tab.awaitMessage("And me: we all see the same."));
    stage.scene();
  }
}
