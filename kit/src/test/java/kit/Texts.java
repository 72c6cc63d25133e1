package kit;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.awaitility.core.ThrowingRunnable;

/** Texts for people: short, and the first difference first. */
public final class Texts {

  private Texts() {}

  /** At most twelve lines, none of them longer than a screen is wide. */
  static String shortened(String text) {
    List<String> lines = String.valueOf(text).lines().filter(line -> !line.isBlank()).toList();
    StringBuilder all = new StringBuilder();
    for (String line : lines.subList(0, Math.min(12, lines.size()))) {
      all.append(line.length() > 150 ? line.substring(0, 150) + " ..." : line).append('\n');
    }
    return all.toString().strip();
  }

  /** Where two lists begin to differ, in one line; {@code nowhere} when they do not. */
  public static String firstDifference(List<?> a, List<?> b) {
    for (int i = 0; i < Math.min(a.size(), b.size()); i++) {
      if (!a.get(i).equals(b.get(i))) {
        return "at %d: \"%s\" and \"%s\"".formatted(i, a.get(i), b.get(i));
      }
    }
    return a.size() == b.size() ? "nowhere" : a.size() + " and " + b.size() + " of them";
  }

  /** What the person who runs the chat reads on the console while this is done. */
  public static String errors(ThrowingRunnable task) throws Throwable {
    PrintStream console = System.err;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    System.setErr(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try {
      task.run();
    } finally {
      System.setErr(console);
    }
    return printed.toString(StandardCharsets.UTF_8);
  }

  /** {@code aNewcomerSeesNothing} as words. */
  static String sentence(String name) {
    String words = name.replaceAll("([A-Z]|[0-9]+)", " $1").toLowerCase(Locale.ROOT);
    return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
  }
}
