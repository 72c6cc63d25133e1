package book;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * The book's mistakes are mistakes: the test that guards against each of them fails. Its exercises
 * can be solved: with the test alone, it fails; with the solution too, the step's suite passes.
 * {@code docs/patches/list.txt} says which patches do what.
 */
class PatchTest {

  private static final Path PATCHED = Path.of("target", "patched").toAbsolutePath();
  private static final String WHOLE_SUITE = "*";

  /** {@code -Dbook.patch=exercise-3-2} is for who works on one: only lines with this in them. */
  private static final String ONLY = System.getProperty("book.patch", "");

  /**
   * A line of the list: patches that are put into a copy of the step, and what a test does then.
   */
  private record Case(List<String> patches, String step, boolean passes, String test) {

    static Case of(String line) {
      String[] words = line.split(" ");
      if (words.length != 4 || !words[2].matches("passes|fails")) {
        throw new IllegalStateException("docs/patches/list.txt: \"" + line + "\" means nothing.");
      }
      return new Case(
          List.of(words[0].split("[+]")), words[1], words[2].equals("passes"), words[3]);
    }

    boolean isWholeSuite() {
      return test.equals(WHOLE_SUITE);
    }

    @Override
    public String toString() {
      return String.join(" and ", patches)
          + ": "
          + (isWholeSuite() ? "the whole suite of " + step : test)
          + (passes ? " passes" : " fails");
    }
  }

  /** Costs no second, so a change of a step that a patch does not fit any more is noticed daily. */
  @TestFactory
  Stream<DynamicTest> everyPatchFitsItsStep() throws Exception {
    return cases().map(one -> DynamicTest.dynamicTest(one.toString(), () -> patch(one)));
  }

  @TestFactory
  @EnabledIfSystemProperty(named = "proof.long", matches = "true")
  Stream<DynamicTest> everyMistakeIsCaughtAndEveryExerciseIsSolved() throws Exception {
    return cases().map(one -> DynamicTest.dynamicTest(one.toString(), () -> check(one)));
  }

  private static Stream<Case> cases() throws IOException {
    return Files.readAllLines(Row.ROOT.resolve("docs/patches/list.txt")).stream()
        .filter(line -> !line.isBlank() && !line.startsWith("#") && line.contains(ONLY))
        .map(Case::of);
  }

  /** Makes a copy of the step with the patches in it. */
  private static Path patch(Case one) throws Exception {
    Path copy = PATCHED.resolve(String.join("+", one.patches));
    Path folder = copy.resolve(one.step); // the kit reads the step from its name
    Build.delete(copy);
    for (Map.Entry<String, byte[]> file : Row.files(one.step).entrySet()) {
      Build.write(folder.resolve(file.getKey()), file.getValue());
    }
    for (String patch : one.patches) {
      List<String> lines = Files.readAllLines(Row.ROOT.resolve("docs/patches").resolve(patch));
      for (var file : Sources.apply(lines, folder).entrySet()) {
        String text = String.join("\n", file.getValue()) + "\n";
        Build.write(folder.resolve(file.getKey()), text.getBytes(StandardCharsets.UTF_8));
      }
    }
    return folder;
  }

  private static void check(Case one) throws Exception {
    Path folder = patch(one);
    Build.step(folder);
    Build.Result result =
        one.isWholeSuite()
            ? Build.test(folder, one.test, 10, "-Dexecution.root=" + Row.ROOT) // as in the row
            : Build.test(
                folder,
                one.test,
                3,
                "-Dproof.long=true", // also a check that each day runs in another step only
                "-Dchat.patience=" + (one.passes ? 15 : 5)); // what is missing never comes
    assertThat(result.code())
        .as(
            "%s (0: it passed, 1: an assertion failed, 2: it could not run); it said:%n%s%n",
            one, end(result.output()))
        .isEqualTo(one.passes ? Build.PASSED : Build.FAILED);
  }

  /** What came of the tests: the last lines. */
  private static String end(String output) {
    List<String> lines = output.lines().toList();
    return String.join("\n", lines.subList(Math.max(0, lines.size() - 40), lines.size()));
  }
}
