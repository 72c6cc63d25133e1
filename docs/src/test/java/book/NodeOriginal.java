package book;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The article's server, in Node.js, put to the test of step 1. Only in the long proof, since it
 * takes a browser and npm; left out where Node.js is not.
 */
final class NodeOriginal {

  private static final String NPM =
      System.getProperty("os.name").startsWith("Windows") ? "npm.cmd" : "npm";
  private static String checklist;

  private NodeOriginal() {}

  /** The boxes of the checklist, without what came; the kit must have been built. */
  static String checklist() throws Exception {
    if (checklist == null) {
      checklist = run();
    }
    return checklist;
  }

  private static String run() throws Exception {
    if (!Boolean.getBoolean("proof.long")) {
      abort("only with -Plong");
    }
    if (!works("node", "--version")) {
      leaveOut("there is no Node.js");
    }
    Path folder = Path.of("target", "node-original").toAbsolutePath();
    Files.createDirectories(folder.resolve("target"));
    try (Stream<Path> files = Files.list(Row.ROOT.resolve("docs/node-original"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.copy(file, folder.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
      }
    }
    if (!Files.exists(folder.resolve("node_modules"))) {
      if (Build.run(folder, 5, List.of(NPM, "install", "--no-audit", "--no-fund")).code() != 0) {
        leaveOut("npm cannot fetch the package ws");
      }
    }
    ProcessBuilder server = new ProcessBuilder("node", "server.js").directory(folder.toFile());
    server.environment().put("PORT", "0");
    Process node = server.redirectError(folder.resolve("errors.txt").toFile()).start();
    try {
      String address = node.inputReader().readLine().replaceFirst(".*http", "http");
      return tryOut(address, folder);
    } finally {
      node.destroy();
    }
  }

  private static String tryOut(String address, Path folder) throws Exception {
    List<String> command = Jvm.command(List.of(Row.ROOT.resolve("kit/target/test-classes")));
    command.addAll(List.of("-Dchat.url=" + address, "-Dchat.step=1", "-Dchat.patience=5"));
    command.add("kit.TryOut");
    Build.Result result = Build.run(folder, 10, command);
    if (result.code() != 0) {
      throw new AssertionError("The article's server fails:\n" + result.output());
    }
    return boxes(result.output().lines().toList());
  }

  /** One box for a check, also for one of many cases: ticked when all of them are. */
  private static String boxes(List<String> lines) {
    Map<String, Boolean> boxes = new LinkedHashMap<>(); // by sentence; a heading has none
    for (String line : lines) {
      if (line.startsWith("As in the ")) {
        boxes.put(line, null);
      } else if (line.matches("  \\[[ x]\\] .*")) {
        String sentence = line.substring(6).replaceFirst(": \\[[0-9]+\\] .*", "");
        boxes.merge(sentence, line.startsWith("  [x]"), Boolean::logicalAnd);
      }
    }
    StringBuilder text = new StringBuilder();
    boxes.forEach(
        (sentence, isTicked) -> {
          String box = isTicked == null ? "" : isTicked ? "  [x] " : "  [ ] ";
          text.append(box).append(sentence).append('\n');
        });
    return text.toString();
  }

  private static void leaveOut(String reason) {
    System.out.println("The article's server in Node.js was left out: " + reason + ".");
    abort(reason);
  }

  private static boolean works(String... command) throws InterruptedException {
    try {
      return new ProcessBuilder(command).start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }
}
