package book;

import book.WorkingCopy.Line;
import com.github.difflib.DiffUtils;
import com.github.difflib.patch.AbstractDelta;
import com.github.difflib.patch.DeltaType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Changes the blocks that are typed, when the step has changed. It can change a line wherever the
 * page shows it, put new lines behind one, and take one away; whether that was right, typing the
 * chapter again tells. What it cannot do stays, and is named by {@link TypedTest}.
 */
final class Retype {

  /** The first place where a typed file and the step's differ. */
  record Difference(int line, String text) {}

  private Retype() {}

  /** Null when they are the same, byte for byte. */
  static Difference difference(WorkingCopy copy, String path, String wanted) {
    if (!copy.files.containsKey(path)) {
      return new Difference(0, "nobody has typed or given it");
    }
    if (copy.text(path).equals(wanted)) {
      return null;
    }
    var deltas = DiffUtils.diff(texts(copy, path), wanted.lines().toList()).getDeltas();
    if (deltas.isEmpty()) {
      return new Difference(0, "only the line feeds differ");
    }
    AbstractDelta<String> first = deltas.get(0);
    return new Difference(
        first.getTarget().getPosition() + 1,
        "typed %s, wanted %s"
            .formatted(first.getSource().getLines(), first.getTarget().getLines()));
  }

  private static List<String> texts(WorkingCopy copy, String path) {
    return copy.files.get(path).stream().map(Line::text).toList();
  }

  /** Rewrites the chapter's page, if that makes it end in its step. */
  static void rewrite(Chapter chapter) throws IOException {
    Path file = Row.ROOT.resolve(chapter.page.name());
    List<String> page = new ArrayList<>(Files.readAllLines(file));
    Map<Integer, List<String>> changes = new TreeMap<>(Collections.reverseOrder()); // by line
    WorkingCopy copy = chapter.end();
    for (var wanted : Row.files(chapter.step.name()).entrySet()) {
      String path = wanted.getKey();
      if (copy.files.containsKey(path)) {
        List<String> lines = new String(wanted.getValue(), StandardCharsets.UTF_8).lines().toList();
        for (AbstractDelta<String> delta : DiffUtils.diff(texts(copy, path), lines).getDeltas()) {
          change(copy.files.get(path), delta, page, changes);
        }
      }
    }
    changes.forEach(
        (number, lines) -> {
          page.remove(number - 1);
          page.addAll(number - 1, lines);
        });
    String text = String.join("\n", page) + "\n";
    Chapter changed = Chapter.parse(chapter.page.name(), text, chapter.step);
    if (!changes.isEmpty() && endsInItsStep(changed)) {
      Files.writeString(file, text);
    }
  }

  private static boolean endsInItsStep(Chapter chapter) throws IOException {
    try {
      WorkingCopy copy = chapter.end();
      for (var file : Row.files(chapter.step.name()).entrySet()) {
        String wanted = new String(file.getValue(), StandardCharsets.UTF_8);
        if (difference(copy, file.getKey(), wanted) != null) {
          return false;
        }
      }
      return true;
    } catch (WrongPage e) {
      return false;
    }
  }

  private static void change(
      List<Line> file,
      AbstractDelta<String> delta,
      List<String> page,
      Map<Integer, List<String>> changes) {
    List<String> target = new ArrayList<>(delta.getTarget().getLines());
    int from = delta.getSource().getPosition();
    int count = delta.getSource().size();
    if (delta.getType() == DeltaType.INSERT && from > 0) {
      from--; // behind the line before
      count = 1;
      target.add(0, file.get(from).text());
    }
    for (int i = 0; i < count; i++) {
      List<Integer> shown = file.get(from + i).shown();
      for (int k = 0; k < shown.size(); k++) {
        String old = page.get(shown.get(k) - 1);
        String mark =
            old.endsWith(file.get(from + i).text())
                ? old.substring(0, old.length() - file.get(from + i).text().length())
                : "";
        boolean last = i == count - 1;
        List<String> mine =
            last
                ? target.subList(Math.min(i, target.size()), target.size())
                : i < target.size() ? target.subList(i, i + 1) : List.of();
        // Only where the line was typed are there further lines: elsewhere it stands for a place.
        List<String> lines = k == 0 || mine.isEmpty() ? mine : mine.subList(0, 1);
        changes.put(
            shown.get(k),
            lines.stream()
                .map(line -> line.isEmpty() && mark.isBlank() ? "" : mark + line)
                .toList());
      }
    }
  }
}
