package book;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Carries a change that is not committed yet forward along the row. A file that the next step does
 * not change is copied; into a file that it does change, git merges the change.
 */
public final class Carry {

  private final Map<String, Map<String, byte[]>> files = new HashMap<>(); // step, path, content
  private final Map<String, byte[]> results = new TreeMap<>(); // path from the root, content
  private boolean conflict;

  /** Without arguments or with {@code -Ddo}: shows what would be carried, or carries it. */
  public static void main(String[] args) throws Exception {
    Carry carry = new Carry();
    carry.alongTheRow();
    carry.backToTheStart();
    carry.results.forEach(Carry::show);
    if (carry.results.isEmpty()) {
      System.out.println("Nothing to carry.");
    } else if (carry.conflict) {
      System.out.println("Two changes meet in one place (<<<<<<<): write that step by hand.");
      System.exit(1);
    } else if (System.getProperty("do") == null) {
      System.out.println("This would be carried; -Ddo carries it.");
    } else {
      for (var result : carry.results.entrySet()) {
        Path file = Row.ROOT.resolve(result.getKey());
        Files.createDirectories(file.getParent());
        Files.write(file, result.getValue());
      }
    }
  }

  private void alongTheRow() throws Exception {
    for (Row.Step step : Row.steps()) {
      Map<String, byte[]> mine = Row.files(step.name());
      files.put(step.name(), mine);
      if (step.before() != null) {
        for (var earlier : files.get(step.before()).entrySet()) {
          String path = earlier.getKey();
          byte[] carried = carried(step, path, earlier.getValue(), mine.get(path));
          if (!Arrays.equals(carried, mine.get(path))) {
            results.put(step.name() + "/" + path, carried);
            mine.put(path, carried);
          }
        }
      }
    }
  }

  /** What this step's file becomes; null where this step has no such file, and needs none. */
  private byte[] carried(Row.Step step, String path, byte[] earlier, byte[] mine) throws Exception {
    byte[] earlierBase = committed(step.before() + "/" + path);
    byte[] base = committed(step.name() + "/" + path);
    if (Arrays.equals(earlier, earlierBase)) {
      return mine; // nothing has changed
    }
    if (Arrays.equals(base, earlierBase)) {
      return path.startsWith("src/test/") && base == null ? mine : earlier; // a copy
    }
    return mine == null || earlierBase == null ? mine : merge(mine, earlierBase, earlier);
  }

  /** The file in the last commit; null if there was none. */
  private static byte[] committed(String path) throws Exception {
    Process show = git("show", "HEAD:" + path);
    byte[] content = show.getInputStream().readAllBytes();
    return show.waitFor() == 0 ? content : null;
  }

  /** The folder in which chapter 1 begins has copies of the first step's files. */
  private void backToTheStart() throws Exception {
    Map<String, byte[]> first = files.get(Row.steps().get(0).name());
    for (var start : Row.files("docs/start").entrySet()) {
      byte[] now = first.get(start.getKey());
      if (now != null && !Arrays.equals(now, start.getValue())) {
        results.put("docs/start/" + start.getKey(), now);
      }
    }
  }

  /** What the earlier step's file has become since the last commit, merged into this one. */
  private byte[] merge(byte[] ours, byte[] base, byte[] theirs) throws Exception {
    Path folder = Files.createTempDirectory("carry");
    try {
      Path a = Files.write(folder.resolve("this step"), ours);
      Path b = Files.write(folder.resolve("last commit"), base);
      Path c = Files.write(folder.resolve("step before"), theirs);
      Process merge = git("merge-file", "-p", a.toString(), b.toString(), c.toString());
      byte[] merged = merge.getInputStream().readAllBytes();
      conflict |= merge.waitFor() != 0;
      return merged;
    } finally {
      for (String name : List.of("this step", "last commit", "step before")) {
        Files.deleteIfExists(folder.resolve(name));
      }
      Files.delete(folder);
    }
  }

  private static Process git(String... words) throws IOException {
    String[] command = new String[words.length + 1];
    command[0] = "git";
    System.arraycopy(words, 0, command, 1, words.length);
    return new ProcessBuilder(command).directory(Row.ROOT.toFile()).start();
  }

  private static void show(String path, byte[] carried) {
    try {
      Path file = Row.ROOT.resolve(path);
      List<String> old = Files.exists(file) ? Files.readAllLines(file) : List.of();
      List<String> now = new String(carried, StandardCharsets.UTF_8).lines().toList();
      UnifiedDiffUtils.generateUnifiedDiff(path, path, old, DiffUtils.diff(old, now), 1)
          .forEach(System.out::println);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
