package book;

import book.Chapter.Rung;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What a reader has after each rung, typed from the pages and built. */
final class Typed {

  private static final Path FOLDER = Path.of("target", "typed").toAbsolutePath();
  private static final Map<String, Path> BUILT = new HashMap<>(); // by rung

  private Typed() {}

  static Chapter chapter(String rung) throws IOException {
    return Chapter.all().stream()
        .filter(chapter -> chapter.folder().charAt("step".length()) == rung.charAt(0))
        .findFirst()
        .orElseThrow(() -> new AssertionError("There is no rung " + rung + "."));
  }

  /** Where the reader's folder is built as it is after this rung, {@code 1.4}; once. */
  static synchronized Path built(String rung) throws IOException {
    Path folder = BUILT.get(rung);
    if (folder == null) {
      folder = write(chapter(rung), rung, rung);
      Build.program(folder);
      BUILT.put(rung, folder);
    }
    return folder;
  }

  private static Path write(Chapter chapter, String state, String name) throws IOException {
    Path folder = FOLDER.resolve(name).resolve(chapter.folder());
    Build.delete(FOLDER.resolve(name));
    chapter.after(state).write(folder);
    return folder;
  }

  /** The rung's test in the state before it, with the tests that the reader has copied in it. */
  static Build.Result before(Rung rung) throws Exception {
    Chapter chapter = chapter(rung.name());
    int at = chapter.rungs.indexOf(rung);
    String state = at == 0 ? "" : chapter.rungs.get(at - 1).name();
    Path folder = write(chapter, state, "before " + rung.name());
    for (var file : chapter.after(rung.name()).files.keySet()) {
      if (file.startsWith("src/test/")) {
        Build.write(
            folder.resolve(file),
            Files.readAllBytes(Row.ROOT.resolve(chapter.step.name()).resolve(file)));
      }
    }
    try {
      return test(folder, rung.guard(), "-Dchat.patience=5"); // what it waits for never comes
    } catch (AssertionError e) {
      return new Build.Result(Build.FAILED, e.getMessage());
    }
  }

  /** The rung's test in the state after it. */
  static Build.Result after(Rung rung) throws Exception {
    return test(built(rung.name()), rung.guard());
  }

  private static Build.Result test(Path folder, String test, String... options) throws Exception {
    Build.step(folder);
    String type = test.replaceFirst("#.*", "");
    String place =
        Stream.of("chat", "plumbing")
            .filter(
                own -> Files.exists(folder.resolve("src/test/java/" + own + "/" + type + ".java")))
            .findFirst()
            .orElse("kit");
    List<String> all = new ArrayList<>(List.of(options));
    all.add("-Dproof.long=true"); // also a check that each day runs in another step only
    return Build.test(folder, place + "." + test, 3, all.toArray(String[]::new));
  }

  /** Draws what three users see after a rung, when this happens; where the picture is. */
  static Path scene(String rung, String name, String... actions) throws Exception {
    Path folder = built(rung);
    Path pictures = folder.resolve("target/demo");
    List<String> command = Jvm.command(List.of(folder.resolve("target/classes"), Build.kit()));
    command.addAll(List.of("kit.Scene", pictures.toString(), name));
    command.addAll(List.of(actions));
    Build.Result result = Build.run(folder, 2, command);
    if (result.code() != 0) {
      throw new AssertionError("The scene of " + name + " was not played: " + result.output());
    }
    return pictures.resolve(name + ".png");
  }
}
