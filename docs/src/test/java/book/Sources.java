package book;

import com.github.difflib.unifieddiff.UnifiedDiffFile;
import com.github.difflib.unifieddiff.UnifiedDiffReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** What the sources say: excerpts, differences between two steps, counts of lines. */
final class Sources {

  private Sources() {}

  /**
   * A whole file, {@code PATH}, or an excerpt, {@code PATH | START | END}: from the first line with
   * START in it to the next line with END in it, moved to the left margin. The END "}" is the brace
   * that closes what begins at START: the next one that stands below it.
   */
  static String code(String source) throws IOException {
    String[] parts = source.split(" \\| ");
    if (!Files.exists(Row.ROOT.resolve(parts[0]))) {
      throw new AssertionError("There is no " + parts[0] + ".");
    }
    List<String> lines = Files.readAllLines(Row.ROOT.resolve(parts[0]));
    if (parts.length == 1) {
      return text(lines);
    }
    int from = find(lines, parts[1], 0, parts[0]);
    String indent = lines.get(from).replaceFirst("\\S.*", "");
    int to = find(lines, parts[2].equals("}") ? "\n" + indent + "}" : parts[2], from, parts[0]);
    List<String> excerpt = lines.subList(from, to + 1);
    int margin =
        excerpt.stream()
            .filter(line -> !line.isBlank())
            .mapToInt(line -> line.length() - line.stripLeading().length())
            .min()
            .orElse(0);
    return text(
        excerpt.stream().map(line -> line.isBlank() ? "" : line.substring(margin)).toList());
  }

  private static int find(List<String> lines, String what, int from, String file) {
    for (int i = from; i < lines.size(); i++) {
      if (("\n" + lines.get(i)).contains(what)) {
        return i;
      }
    }
    throw new AssertionError(file + " has no line with \"" + what + "\" after line " + from);
  }

  /** A patch beside the chapters, as it is. */
  static String patch(String name) throws IOException {
    return Files.readString(Row.ROOT.resolve("docs/patches").resolve(name));
  }

  /**
   * How many lines a step changes against the one before, in files of these kinds below src/main:
   * lines that go and lines that come. Blank lines, imports and lines that only move do not count;
   * neither does the plumbing. For the first step: all its lines.
   */
  static int changedLines(Row.Step step, String... endings) throws IOException {
    Map<String, Integer> more = new HashMap<>(); // by line: how many more of them than before
    count(Row.files(step.name()), endings, line -> more.merge(line, 1, Integer::sum));
    if (step.before() != null) {
      count(Row.files(step.before()), endings, line -> more.merge(line, -1, Integer::sum));
    }
    return more.values().stream().mapToInt(Math::abs).sum();
  }

  private static void count(Map<String, byte[]> files, String[] endings, Consumer<String> counter) {
    files.forEach(
        (path, content) -> {
          if (path.startsWith("src/main/")
              && !path.contains("/plumbing/")
              && Stream.of(endings).anyMatch(path::endsWith)) {
            lines(content).forEach(line -> counter.accept(line.strip()));
          }
        });
  }

  private static List<String> lines(byte[] file) {
    return new String(file, StandardCharsets.UTF_8)
        .lines()
        .filter(line -> !line.isBlank() && !line.startsWith("import "))
        .toList();
  }

  /** The files of a patch: path to its new content, for a patch of whole files or of parts. */
  static Map<String, List<String>> apply(List<String> patch, Path folder) throws Exception {
    Map<String, List<String>> results = new HashMap<>();
    String text = String.join("\n", patch) + "\n";
    InputStream in = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    for (UnifiedDiffFile part : UnifiedDiffReader.parseUnifiedDiff(in).getFiles()) {
      Path file = folder.resolve(part.getToFile());
      List<String> old = Files.exists(file) ? Files.readAllLines(file) : List.of();
      results.put(part.getToFile(), part.getPatch().applyFuzzy(old, 0));
    }
    return results;
  }

  private static String text(List<String> lines) {
    return String.join("\n", lines) + "\n";
  }
}
