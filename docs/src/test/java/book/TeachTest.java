package book;

import static org.assertj.core.api.Assertions.assertThat;

import book.Chapter.Rung;
import book.Page.Place;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Emphasis;
import org.commonmark.node.Text;
import org.junit.jupiter.api.Test;

/** What a teacher relies on: the plans add up, and the glossary has the words of the chapters. */
class TeachTest {

  private static final String TEACH = "docs/teach.md";
  private static final String GLOSSARY = "docs/glossary.md";
  private static final String CONTENTS = "docs/README.md";

  /** In italics only because they are stressed; they are no terms. */
  private static final Set<String> STRESSED = Set.of("that", "others", "you");

  private static final Pattern PLAN = Pattern.compile("## (.+ of (\\d+) minutes)");
  private static final Pattern LESSON = Pattern.compile("### (.+) \\((\\d+) min\\): .+");
  private static final Pattern LEFT_OUT = Pattern.compile("Left out: (.+)[.]");
  private static final Pattern NAME_OF_A_RUNG = Pattern.compile("\\d[.]\\d");

  private final List<String> faults = new ArrayList<>();

  /** A row of a table; the two lines of its head are none. */
  private record TableRow(int line, List<String> cells) {}

  private record Lesson(int line, String name, int minutes, List<TableRow> rows) {}

  /** A section with lessons; {@code leftOut} are the rungs that nobody types. */
  private record Plan(
      int line, String name, int minutes, List<Lesson> lessons, List<String> leftOut) {

    List<TableRow> rows() {
      return lessons.stream().flatMap(lesson -> lesson.rows.stream()).toList();
    }
  }

  @Test
  void everyLessonAddsUpToItsMinutes() throws Exception {
    for (Plan plan : plans()) {
      for (Lesson lesson : plan.lessons) {
        int sum = lesson.rows.stream().mapToInt(row -> Integer.parseInt(row.cells.get(0))).sum();
        if (sum != lesson.minutes || sum != plan.minutes) {
          String what = "the rows of \"%s\" add up to %d minutes, not to %d";
          fault(TEACH, lesson.line, what.formatted(lesson.name, sum, plan.minutes));
        }
      }
    }
    assertThat(faults).isEmpty();
  }

  @Test
  void everyRowHasTheMinutesOfItsRungs() throws Exception {
    Map<String, Rung> rungs = rungs();
    for (Plan plan : plans()) {
      for (TableRow row : plan.rows()) {
        int minutes = Integer.parseInt(row.cells.get(0));
        int wanted =
            names(row).stream()
                .filter(rungs::containsKey)
                .mapToInt(name -> rungs.get(name).minutes())
                .sum();
        if (minutes < wanted) {
          fault(TEACH, row.line, minutes + " minutes for rungs that need " + wanted);
        }
      }
    }
    assertThat(faults).isEmpty();
  }

  @Test
  void everyPlanTypesEachRungOrLeavesItOut() throws Exception {
    for (Plan plan : plans()) {
      List<String> open = new ArrayList<>(rungs().keySet());
      for (TableRow row : plan.rows()) {
        names(row).forEach(name -> take(name, open, row.line));
      }
      plan.leftOut.forEach(name -> take(name, open, plan.line));
      if (!open.isEmpty()) {
        String what = "\"%s\" neither types nor leaves out %s";
        fault(TEACH, plan.line, what.formatted(plan.name, open));
      }
    }
    assertThat(faults).isEmpty();
  }

  private void take(String name, List<String> open, int line) {
    if (!open.remove(name)) {
      fault(TEACH, line, "there is no rung " + name + ", or this plan has it twice");
    }
  }

  /** Whoever has not typed the rung before needs a folder in which it is done. */
  @Test
  void whereAPlanBeginsOrSkipsARungItSaysHowToMakeTheFolder() throws Exception {
    List<String> all = List.copyOf(rungs().keySet());
    for (Plan plan : plans()) {
      int typed = -2;
      for (TableRow row : plan.rows()) {
        for (String name : names(row)) {
          boolean isFirst = name.endsWith(".1");
          String begin = "-Dtype=" + (isFirst ? name.substring(0, 1) : name) + "`";
          boolean goesOn = !isFirst && all.indexOf(name) == typed + 1;
          if (!goesOn && row.cells.stream().noneMatch(cell -> cell.contains(begin))) {
            fault(TEACH, row.line, "the rung before " + name + " is not typed, so say `…" + begin);
          }
          typed = all.indexOf(name);
        }
      }
    }
    assertThat(faults).isEmpty();
  }

  @Test
  void everyQuestionToPredictHasItsAnswerAndNoOtherRungHasOne() throws Exception {
    Map<String, String> asked = new LinkedHashMap<>();
    for (Chapter chapter : Chapter.all()) {
      List<String> lines = Files.readAllLines(Row.ROOT.resolve(chapter.page.name()));
      for (int i = 0; i < lines.size(); i++) {
        int line = i + 1;
        if (lines.get(i).contains("**Predict:**")) {
          chapter.rungs.stream()
              .filter(rung -> rung.line() < line)
              .reduce((first, second) -> second)
              .ifPresent(rung -> asked.put(rung.name(), chapter.page.name() + ":" + line));
        }
      }
    }
    for (TableRow row : table(Files.readAllLines(Row.ROOT.resolve(TEACH)), "Rung")) {
      if (asked.remove(row.cells.get(0)) == null) {
        fault(TEACH, row.line, "rung " + row.cells.get(0) + " asks nothing, or is here twice");
      }
    }
    asked.forEach(
        (name, where) -> faults.add(where + ": rung " + name + " has no answer in " + TEACH));
    assertThat(faults).isEmpty();
  }

  @Test
  void everyBoxOfTheMarksIsOneThatTheKitPrints() throws Exception {
    String printed = Files.readString(Row.ROOT.resolve("docs/write-your-own.md"));
    for (TableRow row : table(Files.readAllLines(Row.ROOT.resolve(TEACH)), "Level")) {
      for (MatchResult box :
          Pattern.compile("\\*(.+?)\\*").matcher(row.cells.get(1)).results().toList()) {
        if (!printed.contains("] " + box.group(1) + "\n")) {
          fault(TEACH, row.line, "the kit has no box \"" + box.group(1) + "\"");
        }
      }
    }
    assertThat(faults).isEmpty();
  }

  @Test
  void theContentsSayHowLongTypingTakes() throws Exception {
    List<TableRow> contents = table(Files.readAllLines(Row.ROOT.resolve(CONTENTS)), "Chapter");
    for (Chapter chapter : Chapter.all()) {
      String link = "(" + chapter.page.name().replaceFirst("docs/", "") + ")";
      int sum = chapter.rungs.stream().mapToInt(Rung::minutes).sum();
      TableRow row =
          contents.stream()
              .filter(one -> one.cells.get(0).endsWith(link))
              .findFirst()
              .orElseThrow();
      if (!row.cells.get(2).equals("typing: " + sum + " minutes")) {
        String what = "\"%s\", but the rungs take %d minutes together";
        fault(CONTENTS, row.line, what.formatted(row.cells.get(2), sum));
      }
    }
    assertThat(faults).isEmpty();
  }

  /** Text of the screen begins with a capital letter, so it is no term. */
  @Test
  void everyTermThatAChapterSetsInItalicsIsInTheGlossary() throws Exception {
    List<String> terms = glossary().stream().map(row -> row.cells.get(0)).toList();
    for (Chapter chapter : Chapter.all()) {
      for (Place italics : italics(chapter.page.name())) {
        String words = italics.what();
        boolean isTerm = words.matches("[a-z][a-z -]*") && !STRESSED.contains(words);
        if (isTerm && terms.stream().noneMatch(term -> words.matches(oneOrMore(term)))) {
          fault(italics.page(), italics.line(), "*" + words + "* is not in " + GLOSSARY);
        }
      }
    }
    assertThat(faults).isEmpty();
  }

  @Test
  void everyEntryOfTheGlossaryIsUsedInAChapterAndHasItsRussianNameInTheOrderOfTheAlphabet()
      throws Exception {
    StringBuilder chapters = new StringBuilder();
    for (Chapter chapter : Chapter.all()) {
      chapters.append(Files.readString(Row.ROOT.resolve(chapter.page.name())));
    }
    String before = "";
    for (TableRow row : glossary()) {
      String term = row.cells.get(0);
      String russian = row.cells.get(1);
      Pattern use = Pattern.compile("\\b" + oneOrMore(term) + "\\b", Pattern.CASE_INSENSITIVE);
      if (!use.matcher(chapters).find()) {
        fault(GLOSSARY, row.line, "no chapter says \"" + term + "\"");
      }
      boolean isName = term.matches("[A-Z].*") && russian.equals(term); // JSON is JSON
      if (!isName && !russian.matches(".*\\p{IsCyrillic}.*")) {
        fault(GLOSSARY, row.line, "\"" + term + "\" has no Russian name");
      }
      if (row.cells.size() != 3 || row.cells.get(2).isBlank()) {
        fault(GLOSSARY, row.line, "\"" + term + "\" has no meaning");
      }
      if (before.compareToIgnoreCase(term) >= 0) {
        fault(GLOSSARY, row.line, "\"" + term + "\" stands behind \"" + before + "\"");
      }
      before = term;
    }
    assertThat(faults).isEmpty();
  }

  private static String oneOrMore(String term) {
    return Pattern.quote(term) + "(s|es)?";
  }

  private static List<TableRow> glossary() throws IOException {
    List<TableRow> rows = table(Files.readAllLines(Row.ROOT.resolve(GLOSSARY)), "English");
    assertThat(rows).as(GLOSSARY + ", its rows").isNotEmpty();
    return rows;
  }

  private void fault(String page, int line, String what) {
    faults.add(page + ":" + line + ": " + what);
  }

  /** By name, in the order of the chapters. */
  private static Map<String, Rung> rungs() throws IOException {
    Map<String, Rung> rungs = new LinkedHashMap<>();
    for (Chapter chapter : Chapter.all()) {
      chapter.rungs.forEach(rung -> rungs.put(rung.name(), rung));
    }
    return rungs;
  }

  private static List<String> names(TableRow row) {
    return NAME_OF_A_RUNG.matcher(row.cells.get(1)).results().map(MatchResult::group).toList();
  }

  private static List<Plan> plans() throws IOException {
    List<Plan> plans = new ArrayList<>();
    List<String> lines = Files.readAllLines(Row.ROOT.resolve(TEACH));
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      Matcher plan = PLAN.matcher(line);
      Matcher lesson = LESSON.matcher(line);
      Matcher leftOut = LEFT_OUT.matcher(line);
      if (plan.matches()) {
        int minutes = Integer.parseInt(plan.group(2));
        plans.add(new Plan(i + 1, plan.group(1), minutes, new ArrayList<>(), new ArrayList<>()));
      } else if (lesson.matches()) {
        int minutes = Integer.parseInt(lesson.group(2));
        last(plans).lessons.add(new Lesson(i + 1, lesson.group(1), minutes, new ArrayList<>()));
      } else if (line.matches("\\| \\d+ \\|.*")) { // a row that begins with its minutes
        last(last(plans).lessons).rows.add(new TableRow(i + 1, cells(line)));
      } else if (leftOut.matches()) {
        for (String what : leftOut.group(1).split(", ")) {
          last(plans).leftOut.addAll(named(what));
        }
      }
    }
    assertThat(plans).as(TEACH + ", its plans").isNotEmpty();
    return plans;
  }

  private static <T> T last(List<T> list) {
    return list.get(list.size() - 1);
  }

  /** A rung, or all rungs of a chapter: "chapter 2". */
  private static List<String> named(String what) throws IOException {
    if (!what.startsWith("chapter ")) {
      return List.of(what);
    }
    String chapter = what.replaceFirst("chapter ", "") + ".";
    return rungs().keySet().stream().filter(name -> name.startsWith(chapter)).toList();
  }

  /** The rows of the tables whose head begins with this cell. */
  private static List<TableRow> table(List<String> lines, String head) {
    List<TableRow> rows = new ArrayList<>();
    boolean inside = false;
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      if (line.startsWith("| " + head + " |")) {
        inside = true;
      } else if (!line.startsWith("|")) {
        inside = false;
      } else if (inside && !line.startsWith("|-")) {
        rows.add(new TableRow(i + 1, cells(line)));
      }
    }
    return rows;
  }

  private static List<String> cells(String line) {
    return List.of(line.replaceAll("^\\| | \\|$", "").split(" \\| "));
  }

  private static List<Place> italics(String page) throws IOException {
    List<Place> italics = new ArrayList<>();
    Page.document(Files.readString(Row.ROOT.resolve(page)))
        .accept(
            new AbstractVisitor() {
              @Override
              public void visit(Emphasis emphasis) {
                if (emphasis.getFirstChild() instanceof Text text) {
                  italics.add(new Place(page, Page.line(emphasis), text.getLiteral()));
                }
              }
            });
    return italics;
  }
}
