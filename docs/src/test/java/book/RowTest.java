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
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What all steps share, who may know whom, and that nothing is left out. */
class RowTest {

  /** What a step shares with all others: TypedTest proves that the rest differs by its chapter. */
  private static boolean isShared(String path) {
    return path.startsWith("src/main/java/plumbing/") || path.endsWith(".css");
  }

  @Test
  void thePlumbingAndTheStyleAreTheSameBytesInAllSteps() throws Exception {
    Map<String, byte[]> first = Row.files(Row.steps().get(0).name());
    List<String> faults = new ArrayList<>();
    for (Row.Step step : Row.steps()) {
      Map<String, byte[]> files = Row.files(step.name());
      Stream.concat(first.keySet().stream(), files.keySet().stream())
          .filter(RowTest::isShared)
          .filter(path -> !Arrays.equals(first.get(path), files.get(path)))
          .forEach(path -> faults.add(step.name() + "/" + path));
    }
    assertThat(faults).as("not as in step 1; docs/carry copies it").isEmpty();
  }

  /** An import that is not allowed, by the folder of the file that has it. */
  private static final Map<String, String> FORBIDDEN =
      Map.of(
          "src/main/java/plumbing/", "chat\\..*",
          "src/main/java/chat/",
              "(com\\.sun\\.net|org\\.java_websocket\\.(WebSocketImpl|drafts|server)|plumbing\\.(Connection|FrameReader))\\b.*",
          "src/test/java/kit/", "(chat|plumbing)\\..*");

  @Test
  void thePlumbingKnowsNothingOfTheChatNorTheChatOfTheSockets() throws Exception {
    List<String> faults = new ArrayList<>();
    for (String module : modules()) {
      for (var file : Row.files(module).entrySet()) {
        String path = file.getKey();
        new String(file.getValue(), StandardCharsets.UTF_8)
            .lines()
            .filter(line -> isForbidden(path, line))
            .forEach(line -> faults.add(module + "/" + path + ": " + line));
      }
    }
    assertThat(faults).isEmpty();
  }

  private static boolean isForbidden(String path, String line) {
    return FORBIDDEN.entrySet().stream()
            .anyMatch(
                rule ->
                    path.startsWith(rule.getKey())
                        && line.matches("import (static )?" + rule.getValue()))
        || path.matches("src/main/java/chat/(Room|Uploads|Videos|Meter|History|Archive)\\.java")
            && line.matches("import org\\.java_websocket\\..*");
  }

  private static List<String> modules() throws IOException {
    List<String> modules = new ArrayList<>(List.of("kit"));
    Row.steps().forEach(step -> modules.add(step.name()));
    return modules;
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
