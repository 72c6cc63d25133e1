package book;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A test that the pages name exists. */
class ProseTest {

  /** {@code PageTest}, {@code PageTest.itsMethod} or {@code PageTest#itsMethod}; no file's name. */
  private static final Pattern NAME =
      Pattern.compile("\\b([A-Z]\\w*Test)\\b(?!\\.java)(?:[.#](\\w+))?");

  @Test
  void everyTestThatIsNamedExists() throws Exception {
    Map<String, String> tests = tests();
    tests.put("ExerciseTest", ""); // comes with a patch; PatchTest runs it
    List<String> faults = new ArrayList<>();
    for (Page page : Page.all()) {
      Matcher name = NAME.matcher(Files.readString(Row.ROOT.resolve(page.name())));
      while (name.find()) {
        String text = tests.get(name.group(1));
        String method = name.group(2);
        if (text == null || method != null && !text.contains(" " + method + "(")) {
          faults.add(page.name() + ": there is no test " + name.group());
        }
      }
    }
    assertThat(faults).isEmpty();
  }

  /** The sources of all tests of the kit, the steps and the book, by the name of their class. */
  private static Map<String, String> tests() throws IOException {
    Map<String, String> tests = new TreeMap<>();
    List<String> modules = new ArrayList<>(List.of("kit", "docs"));
    Row.steps().forEach(step -> modules.add(step.name()));
    for (String module : modules) {
      try (Stream<Path> files = Files.walk(Row.ROOT.resolve(module).resolve("src/test/java"))) {
        for (Path file : files.filter(found -> found.toString().endsWith("Test.java")).toList()) {
          String type = file.getFileName().toString().replace(".java", "");
          tests.merge(type, Files.readString(file), String::concat);
        }
      }
    }
    return tests;
  }
}
