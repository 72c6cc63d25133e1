package book;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The book's mistakes are mistakes: the test that guards against each of them fails. Its exercises
 * can be solved: each solution passes the test that comes with it.
 */
class PatchTest {

  /** {@code docs/patches/list.txt}: a patch, its step, "fails" or "passes", the test. */
  @TestFactory
  Stream<DynamicTest> everyMistakeIsCaughtAndEveryExerciseIsSolved() throws Exception {
    return Files.readAllLines(Row.ROOT.resolve("docs/patches/list.txt")).stream()
        .map(line -> line.split(" "))
        .map(
            words ->
                DynamicTest.dynamicTest(
                    words[0] + " " + words[2] + " " + words[3],
                    () -> check(words[0], words[1], words[2].equals("passes"), words[3])));
  }

  private static void check(String patch, String step, boolean passes, String test)
      throws Exception {
    Path root = Path.of("target", "patched", patch).toAbsolutePath();
    Path folder = root.resolve(step);
    for (Map.Entry<String, byte[]> file : Row.files(step).entrySet()) {
      write(folder.resolve(file.getKey()), file.getValue());
    }
    write(root.resolve("pom.xml"), Files.readAllBytes(Row.ROOT.resolve("pom.xml")));
    List<String> lines = Files.readAllLines(Row.ROOT.resolve("docs/patches").resolve(patch));
    for (var file : Sources.apply(lines, folder).entrySet()) {
      String text = String.join("\n", file.getValue()) + "\n";
      write(folder.resolve(file.getKey()), text.getBytes(StandardCharsets.UTF_8));
    }
    List<String> command =
        new ArrayList<>(List.of(Maven.command(), "-o", "-f", folder.toString(), "test"));
    command.addAll(Maven.settings());
    command.add("-Dtest=" + test);
    Path output = root.resolve("output.txt");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    assertThat(process.waitFor(3, TimeUnit.MINUTES)).as(patch + ": the build to end").isTrue();
    String said = Files.readString(output);
    assertThat(said).as(patch + " builds").containsPattern("Tests run: [1-9]");
    assertThat(process.exitValue() == 0)
        .as("%s, that %s %s; the build said:%n%s", patch, test, passes ? "passes" : "fails", said)
        .isEqualTo(passes);
  }

  private static void write(Path file, byte[] content) throws Exception {
    Files.createDirectories(file.getParent());
    Files.write(file, content);
  }
}
