package kit;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One picture of three users, for the book. The arguments are a folder, the picture's name, and
 * what happens: {@code Ann enters}, {@code Ann writes Hi}, {@code Ann chooses a picture}, {@code
 * Ann shows Our school} (a picture with these words), {@code Clara sees Our school} (it is loaded),
 * {@code Ann starts video} (with the camera), {@code Ann loses Hi} (it cannot be saved).
 */
public final class Scene {

  private static final List<String> USERS = List.of("Ann", "Boris", "Clara");
  private static final Pattern ACTION =
      Pattern.compile("(\\w+) (enters|writes|chooses|shows|sees|starts|loses) ?(.*)");

  private Scene() {}

  public static void main(String[] args) throws Exception {
    Path folder = Files.createDirectories(Path.of(args[0]));
    List<String> actions = List.of(args).subList(2, args.length);
    boolean full = actions.stream().anyMatch(action -> action.contains(" loses "));
    try (Program program = full ? Program.withFullDisk() : Program.java();
        Browser browser = new Browser();
        Stage stage = Stage.inTabs(browser, program.subject().page(), USERS)) {
      for (String action : actions) {
        Matcher parts = ACTION.matcher(action);
        if (!parts.matches()) {
          throw new IllegalArgumentException("Nobody can play: " + action);
        }
        int who = USERS.indexOf(parts.group(1));
        switch (parts.group(2)) {
          case "enters" -> stage.enters(who);
          case "writes" -> stage.writes(who, parts.group(3));
          case "chooses" -> stage.chooses(who);
          case "shows" -> stage.shows(who, parts.group(3));
          case "sees" -> stage.sees(who, parts.group(3));
          case "starts" -> stage.startsVideo(who);
          default -> stage.loses(who, parts.group(3));
        }
      }
      stage.scene();
      stage.write(folder, args[1]);
    }
  }
}
