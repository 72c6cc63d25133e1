package book;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Builds a copy of a step with the compiler's API: a Maven process for each would take minutes. */
final class Build {

  static final int PASSED = 0;
  static final int FAILED = 1; // an assertion did
  static final int NOT_RUN = 2; // no such test, or it broke down before it could assert anything

  /** The whole suite is without these two: they need Maven, or draw the demo for the book. */
  private static final String NOT_IN_A_COPY = "kit[.](CommandTest|DemoTest)";

  private static final Pattern ANOTHER_FAILURE =
      Pattern.compile("(?m)^ +=> (?!\\S*(Assertion(Failed)?|MultipleFailures)Error\\b)");

  /** The end of a run: its exit code, and all it printed. */
  record Result(int code, String output) {}

  private Build() {}

  /** The classes of the kit: no patch changes them. */
  static Path kit() {
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
      if (java.isEmpty()) {
        return; // a reader who has copied no test yet
      }
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
        throw new AssertionError("It does not compile:\n" + errors);
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

  static void delete(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> found = Files.walk(folder)) {
        for (Path file : found.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  static void write(Path file, byte[] content) throws IOException {
    Files.createDirectories(file.getParent());
    Files.write(file, content);
  }

  /** Compiles a step, or what somebody makes of it, with its tests; all of it is in this folder. */
  static void step(Path folder) throws IOException {
    program(folder);
    Path classes = folder.resolve("target/classes");
    compile(
        folder.resolve("src/test/java"),
        folder.resolve("target/test-classes"),
        List.of(classes, kit()));
  }

  /** The same without the tests. */
  static void program(Path folder) throws IOException {
    compile(folder.resolve("src/main/java"), folder.resolve("target/classes"), List.of());
    copy(folder.resolve("src/main/resources"), folder.resolve("target/classes"));
  }

  /**
   * Runs a test, {@code chat.RoomTest} or {@code chat.RoomTest#itsMethod}, or with {@code *} the
   * whole suite of a step, in a process of its own; the step is built.
   */
  static Result test(Path folder, String test, int minutes, String... options) throws Exception {
    Path target = folder.resolve("target");
    List<String> command =
        Jvm.command(List.of(target.resolve("test-classes"), target.resolve("classes"), kit()));
    command.addAll(List.of(options));
    command.add("org.junit.platform.console.ConsoleLauncher");
    command.addAll(List.of("execute", "--disable-banner", "--disable-ansi-colors"));
    command.addAll(List.of("--details=summary", "--fail-if-no-tests"));
    if (test.equals("*")) {
      command.addAll(List.of("--select-package=kit", "--select-package=chat"));
      command.addAll(List.of("--select-package=plumbing", "--exclude-classname=" + NOT_IN_A_COPY));
    } else {
      command.add("--select-class=" + test.replaceFirst("#.*", ""));
      command.add("--include-methodname=" + (test.contains("#") ? Pattern.quote(test) : ".*"));
    }
    Result result = run(folder, minutes, command);
    boolean asserted = ANOTHER_FAILURE.matcher(result.output()).results().findAny().isEmpty();
    return result.code() == FAILED && !asserted ? new Result(NOT_RUN, result.output()) : result;
  }

  /** Runs a program in this folder; what it prints is also in {@code target/output.txt}. */
  static Result run(Path folder, int minutes, List<String> command) throws Exception {
    Path output = folder.resolve("target/output.txt");
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    boolean ended = process.waitFor(minutes, TimeUnit.MINUTES);
    process.descendants().forEach(ProcessHandle::destroyForcibly); // chats and browsers
    process.destroyForcibly();
    String name = command.get(command.size() - 1);
    assertThat(ended)
        .as("%s to end, in %s; it said:%n%s", name, folder, Files.readString(output))
        .isTrue();
    return new Result(process.exitValue(), Files.readString(output));
  }
}
