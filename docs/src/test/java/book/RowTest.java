package book;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The row of steps: what a step does not list as its own is the step before, byte by byte. */
class RowTest {

  /** Step 6 sends pings of its own and hears the pongs: frames are its lesson. */
  private static final Map<String, Integer> MORE_SERVER = Map.of("step6-charts", 120);

  /** All other classes are the lesson. */
  private static final Set<String> PLUMBING =
      Set.of("SocketServer", "Connection", "FrameReader", "PageServer");

  @Test
  void whatAStepDoesNotListAsItsOwnIsIdenticalToTheStepBefore() throws Exception {
    List<String> faults = new ArrayList<>();
    for (Row.Step step : Row.steps()) {
      if (step.before() == null) {
        continue;
      }
      Map<String, byte[]> before = Row.files(step.before());
      Map<String, byte[]> now = Row.files(step.name());
      String mend = "; mend it with: mvn -q -f docs -Ddo, or list it in docs/row.txt";
      before.forEach(
          (path, content) -> {
            String pair = step.name() + "/" + path + " and " + step.before() + "/" + path;
            boolean same = Arrays.equals(content, now.get(path));
            if (!now.containsKey(path)) {
              faults.add(step.name() + " lacks " + path + " of " + step.before() + mend);
            } else if (!same && !step.changes().contains(path)) {
              faults.add(pair + " differ" + mend);
            } else if (same && step.changes().contains(path)) {
              faults.add(pair + " are the same, but docs/row.txt says that they differ");
            }
          });
      now.keySet().stream()
          .filter(path -> !before.containsKey(path) && !step.adds().contains(path))
          .forEach(path -> faults.add(step.name() + " adds " + path + ", docs/row.txt does not"));
      Stream.concat(step.adds().stream(), step.changes().stream())
          .filter(path -> !now.containsKey(path))
          .forEach(path -> faults.add("docs/row.txt: " + step.name() + " has no " + path));
    }
    assertThat(faults).isEmpty();
  }

  /** Who may know whom. The plumbing knows the libraries, so that a lesson need not. */
  @Test
  void theLessonKnowsNothingOfThePlumbingAndTheKitNothingOfTheChat() throws Exception {
    List<String> faults = new ArrayList<>();
    int most = 30;
    for (Row.Step step : Row.steps()) {
      for (String path : Row.files(step.name()).keySet()) {
        String name = path.replaceFirst("^src/main/java/chat/(\\w+)\\.java$", "$1");
        if (name.equals(path) || name.equals("ChatServer") || PLUMBING.contains(name)) {
          continue;
        }
        for (String line : lines(step, name)) {
          if (line.matches("import .*\\b(org\\.java_websocket|com\\.sun\\.net)\\b.*")) {
            faults.add(step.name() + ", " + name + ": " + line);
          }
        }
      }
      List<String> server = lines(step, "ChatServer");
      if (step.before() != null) {
        most = Math.max(most, MORE_SERVER.getOrDefault(step.name(), 80));
      }
      if (server.isEmpty() || server.size() > most) {
        faults.add(step.name() + ", ChatServer: " + server.size() + " lines, at most " + most);
      }
      for (String line : server) {
        boolean library = line.matches("import .*\\borg\\.java_websocket\\b.*");
        if (library
                && !line.matches(
                    "import org\\.java_websocket\\.(WebSocket|framing\\.(CloseFrame|Framedata|PingFrame));")
            || line.matches(".*\\b(outQueue|isGhost|synchronized|closeConnection)\\b.*")) {
          faults.add(step.name() + ", ChatServer: " + line);
        }
      }
    }
    for (var file : Row.files("kit").entrySet()) {
      new String(file.getValue(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> line.matches("import (static )?chat\\..*"))
          .forEach(line -> faults.add("kit/" + file.getKey() + ": " + line));
    }
    assertThat(faults).isEmpty();
  }

  private static List<String> lines(Row.Step step, String name) throws IOException {
    Path file = Row.ROOT.resolve(step.name()).resolve("src/main/java/chat/" + name + ".java");
    return Files.readAllLines(file);
  }

  @Test
  void everyFolderWithAPomIsTestedByTheReadmesCommand() throws Exception {
    String root = Files.readString(Row.ROOT.resolve("pom.xml"));
    try (Stream<Path> folders = Files.list(Row.ROOT)) {
      List<String> modules =
          folders
              .filter(folder -> Files.exists(folder.resolve("pom.xml")))
              .map(folder -> folder.getFileName().toString())
              .filter(name -> !name.endsWith("-mine")) // a reader's own
              .toList();
      assertThat(modules)
          .isNotEmpty()
          .allSatisfy(name -> assertThat(root).contains("<module>" + name + "</module>"));
    }
  }

  /** In a list, since the order is that in which somebody would build a chat. */
  @Test
  void whoTriesAnyChatTriesAllChecksThatNeedNoProgramOfOurs() throws Exception {
    String tried = Files.readString(Row.ROOT.resolve("kit/src/test/java/kit/TryOut.java"));
    for (var file : Row.files("kit").entrySet()) {
      String name = file.getKey().replaceFirst(".*/(\\w+Test)\\.java$", "$1");
      String text = new String(file.getValue(), StandardCharsets.UTF_8);
      if (!name.equals(file.getKey())
          && !text.contains("\n@Own\n")
          && !text.contains("\n@LongProof\n")) {
        assertThat(tried).as("kit.TryOut").contains(" " + name + ".class");
      }
    }
  }
}
