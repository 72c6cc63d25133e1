package book;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The row of steps, as {@code row.txt} tells it: which files a step adds to or changes in it. */
final class Row {

  /** The folder that holds all steps; found from wherever in the project this runs. */
  static final Path ROOT = root();

  /** A step, the one before it (null for the first), and its own files by path. */
  record Step(String name, String before, Set<String> adds, Set<String> changes) {}

  private Row() {}

  private static Path root() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.exists(folder.resolve("docs/row.txt"))) {
      folder = folder.getParent();
      if (folder == null) {
        throw new IllegalStateException("Start this in the project's folder, or below it.");
      }
    }
    return folder;
  }

  /**
   * The steps in their order; anything else than {@code step NAME, adds PATH, changes PATH} fails.
   */
  static List<Step> steps() throws IOException {
    Map<String, Step> steps = new LinkedHashMap<>();
    Step step = null;
    for (String line : Files.readAllLines(ROOT.resolve("docs/row.txt"))) {
      String[] words = line.strip().split(" +");
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      if (words[0].equals("step")) {
        step =
            new Step(words[1], step == null ? null : step.name(), new TreeSet<>(), new TreeSet<>());
        steps.put(words[1], step);
      } else if (step != null && words[0].equals("adds")) {
        step.adds().add(words[1]);
      } else if (step != null && words[0].equals("changes")) {
        step.changes().add(words[1]);
      } else {
        throw new IllegalStateException("docs/row.txt: \"" + line + "\" means nothing.");
      }
    }
    return new ArrayList<>(steps.values());
  }

  /** The files of a step, by path from its folder, without what a build makes. */
  static Map<String, byte[]> files(String step) throws IOException {
    Map<String, byte[]> files = new TreeMap<>();
    Path folder = ROOT.resolve(step);
    List<Path> tops =
        Stream.of("pom.xml", "src").map(folder::resolve).filter(Files::exists).toList();
    for (Path top : tops) {
      try (Stream<Path> found = Files.walk(top)) {
        for (Path file : found.filter(Files::isRegularFile).toList()) {
          files.put(
              folder.relativize(file).toString().replace('\\', '/'), Files.readAllBytes(file));
        }
      }
    }
    return files;
  }
}
