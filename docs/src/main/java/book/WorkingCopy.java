package book;

import book.Page.Claim;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The files of a reader, and for each of their lines where the book shows it. */
final class WorkingCopy {

  /** A line of a file; {@code shown} are the lines of the page on which it stands. */
  record Line(String text, List<Integer> shown) {}

  final Map<String, List<Line>> files = new TreeMap<>();

  void put(String path, String text) {
    files.put(path, text.lines().map(line -> new Line(line, List.of())).toList());
  }

  String text(String path) {
    StringBuilder text = new StringBuilder();
    files.get(path).forEach(line -> text.append(line.text()).append('\n'));
    return text.toString();
  }

  /**
   * A block of any language is a new file, whole. In a block "diff", lines with a plus are new,
   * lines with a minus go, all others are there already, and stand together in one place only; a
   * line {@code @@} separates two places.
   */
  void type(Claim block) {
    List<String> lines = block.text().lines().toList();
    int number = block.first() + 1;
    if (!block.language().equals("diff")) {
      if (files.containsKey(block.source())) {
        throw new WrongPage(block.page(), block.first(), "a diff, since this file is there");
      }
      List<Line> file = new ArrayList<>();
      for (String line : lines) {
        file.add(new Line(line, List.of(number++)));
      }
      files.put(block.source(), file);
      return;
    }
    List<Line> place = new ArrayList<>(); // with the mark in front
    for (String line : Stream.concat(lines.stream(), Stream.of("@@")).toList()) {
      if (line.equals("@@")) {
        edit(block, place);
        place.clear();
      } else {
        place.add(new Line(line.isEmpty() ? " " : line, List.of(number)));
      }
      number++;
    }
  }

  private void edit(Claim block, List<Line> place) {
    List<Line> file = files.get(block.source());
    if (file == null) {
      throw new WrongPage(block.page(), block.first(), "the file " + block.source());
    }
    List<Line> known = place.stream().filter(line -> !line.text().startsWith("+")).toList();
    int at = find(block, file, known);
    List<Line> result = new ArrayList<>(file.subList(0, at));
    int i = at;
    for (Line line : place) {
      char mark = line.text().charAt(0);
      if (mark == '+') {
        result.add(new Line(line.text().substring(1), line.shown()));
      } else {
        Line old = file.get(i++);
        if (mark == ' ') {
          List<Integer> shown = new ArrayList<>(old.shown());
          shown.addAll(line.shown());
          result.add(new Line(old.text(), shown));
        }
      }
    }
    result.addAll(file.subList(i, file.size()));
    files.put(block.source(), result);
  }

  private static int find(Claim block, List<Line> file, List<Line> known) {
    if (known.isEmpty()) {
      throw new WrongPage(
          block.page(), block.first(), "a line that is there already: where is it?");
    }
    int best = 0;
    int found = -1;
    for (int at = 0; at < file.size(); at++) {
      int same = 0;
      while (same < known.size()
          && at + same < file.size()
          && file.get(at + same).text().equals(known.get(same).text().substring(1))) {
        same++;
      }
      if (same == known.size()) {
        if (found >= 0) {
          throw new WrongPage(
              block.page(),
              known.get(0).shown().get(0),
              "more lines around it: " + block.source() + " has this place twice");
        }
        found = at;
      }
      best = Math.max(best, same);
    }
    if (found < 0) {
      Line missing = known.get(best);
      throw new WrongPage(
          block.page(),
          missing.shown().get(0),
          "another line: here, "
              + block.source()
              + " has no \""
              + missing.text().substring(1).strip()
              + "\"");
    }
    return found;
  }

  /** Writes all files below this folder. */
  void write(Path folder) throws IOException {
    Files.createDirectories(folder.resolve("src/test/java/chat")); // a rung may copy a test there
    for (String path : files.keySet()) {
      Path file = folder.resolve(path);
      Files.createDirectories(file.getParent());
      Files.writeString(file, text(path));
    }
  }
}
