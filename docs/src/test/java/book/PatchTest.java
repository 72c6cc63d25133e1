package book;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * The book's mistakes are mistakes: the test that guards against each of them fails. Its exercises
 * can be solved: each solution passes the test that comes with it.
 */
@EnabledIfSystemProperty(named = "proof.long", matches = "true")
class PatchTest {

  private static final Path PATCHED = Path.of("target", "patched").toAbsolutePath();

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
    Path folder = PATCHED.resolve(patch).resolve(step); // the kit reads the step from its name
    delete(PATCHED.resolve(patch));
    for (Map.Entry<String, byte[]> file : Row.files(step).entrySet()) {
      write(folder.resolve(file.getKey()), file.getValue());
    }
    List<String> lines = Files.readAllLines(Row.ROOT.resolve("docs/patches").resolve(patch));
    for (var file : Sources.apply(lines, folder).entrySet()) {
      String text = String.join("\n", file.getValue()) + "\n";
      write(folder.resolve(file.getKey()), text.getBytes(StandardCharsets.UTF_8));
    }
    Path main = folder.resolve("target/classes");
    Path tests = folder.resolve("target/test-classes");
    Path kit = kit();
    compile(folder.resolve("src/main/java"), main, List.of());
    copy(folder.resolve("src/main/resources"), main);
    compile(folder.resolve("src/test/java"), tests, List.of(main, kit));

    Path output = PATCHED.resolve(patch).resolve("output.txt");
    List<String> command = Jvm.command(List.of(tests, main, kit, Path.of("target/test-classes")));
    command.add("-Dproof.long=true"); // also a check that each day runs in another step only
    command.add(RunTest.class.getName());
    command.add(test.startsWith("kit.") ? test : "chat." + test.replaceFirst("^chat\\.", ""));
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    boolean ended = process.waitFor(3, TimeUnit.MINUTES);
    process.destroyForcibly();
    assertThat(ended).as(patch + ": " + test + " to end").isTrue();
    assertThat(process.exitValue())
        .as(
            "%s, that %s %s (1: an assertion failed); it said: %s",
            patch, test, passes ? "passes" : "fails", end(output))
        .isEqualTo(passes ? RunTest.PASSED : RunTest.FAILED);
  }

  /** The classes of the kit: no patch changes them. */
  private static Path kit() {
    Path kit = Row.ROOT.resolve("kit/target/test-classes");
    assertThat(kit).as("the kit, built by mvn verify in the project's folder").exists();
    return kit;
  }

  private static void compile(Path sources, Path classes, List<Path> needs) throws IOException {
    Files.createDirectories(classes);
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter errors = new StringWriter();
    try (StandardJavaFileManager files =
            compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8);
        Stream<Path> found = Files.walk(sources)) {
      List<Path> java = found.filter(file -> file.toString().endsWith(".java")).toList();
      List<String> options =
          List.of(
              "--release",
              "17",
              "-proc:none",
              "-nowarn",
              "-d",
              classes.toString(),
              "-cp",
              Jvm.join(needs) + File.pathSeparator + Jvm.classPath());
      boolean compiled =
          compiler
              .getTask(errors, files, null, options, null, files.getJavaFileObjectsFromPaths(java))
              .call();
      if (!compiled) {
        throw new AssertionError("The patched step cannot be compiled:\n" + errors);
      }
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> found = Files.walk(from)) {
      for (Path file : found.filter(Files::isRegularFile).toList()) {
        write(to.resolve(from.relativize(file)), Files.readAllBytes(file));
      }
    }
  }

  private static void delete(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> found = Files.walk(folder)) {
        for (Path file : found.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  private static void write(Path file, byte[] content) throws IOException {
    Files.createDirectories(file.getParent());
    Files.write(file, content);
  }

  /** The last lines, in which the reason is. */
  private static String end(Path output) throws IOException {
    List<String> lines = new ArrayList<>(Files.readAllLines(output));
    return String.join("\n", lines.subList(Math.max(0, lines.size() - 15), lines.size()));
  }
}
