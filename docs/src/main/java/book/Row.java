package book;

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

/** The steps, and which step each one begins with: the row, and where it forks. */
final class Row {

  /** The folder that holds all steps; found from wherever in the project this runs. */
  static final Path ROOT = root();

  private static final Pattern BEGINS_WITH = Pattern.compile("<begins.with>(.+)</begins.with>");

  /** A step, and the one it begins with, which its pom names; null for the first. */
  record Step(String name, String before) {}

  private Row() {}

  private static Path root() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.exists(folder.resolve("docs/glossary.md"))) {
      folder = folder.getParent();
      if (folder == null) {
        throw new IllegalStateException("Start this in the project's folder, or below it.");
      }
    }
    return folder;
  }

  /** In their order. */
  static List<Step> steps() throws IOException {
    List<Step> steps = new ArrayList<>();
    try (Stream<Path> folders = Files.list(ROOT)) {
      for (Path folder : folders.sorted().toList()) {
        String name = folder.getFileName().toString();
        Path pom = folder.resolve("pom.xml");
        if (name.matches("step[0-9]-.*") && !name.endsWith("-mine") && Files.exists(pom)) {
          Matcher before = BEGINS_WITH.matcher(Files.readString(pom));
          steps.add(new Step(name, before.find() ? before.group(1) : null));
        }
      }
    }
    return steps;
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
