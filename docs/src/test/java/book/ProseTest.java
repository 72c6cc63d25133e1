package book;

import static org.assertj.core.api.Assertions.assertThat;

import book.Page.Place;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.Paragraph;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.Text;
import org.junit.jupiter.api.Test;

/**
 * The sentences of the pages, as far as a program can judge them: a test that they name exists, and
 * a number with a unit has a record that says where it comes from.
 */
class ProseTest {

  /** {@code PageTest}, {@code PageTest.itsMethod} or {@code PageTest#itsMethod}; no file's name. */
  private static final Pattern NAME_OF_A_TEST =
      Pattern.compile("\\b([A-Z]\\w*Test)\\b(?!\\.java)(?:[.#](\\w+))?");

  private static final String WORD =
      "(half|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\\w+teen|twenty|thirty"
          + "|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|million)";

  /**
   * A number with a unit: "15 to 30 seconds", "64 MB", "about three minutes", "one in 400,000".
   * Also "some minutes" and "a minute"; not "a second", which may be the one behind the first.
   */
  private static final Pattern QUANTITY =
      Pattern.compile(
          """
          (?<![\\w.,-]) (about\\s)?
          ( (NUMBER \\s (to|or|and) \\s)? (DIGITS [\\s-]? | WORDS [\\s-]) UNIT
          | (NUMBER | once) \\s in \\s NUMBER
          | (an?|some|several|few) \\s (milliseconds?|seconds|minutes?|hours?|(kilo|mega|giga)bytes?)
          )
          (?!\\w)
          """
              .replace("NUMBER", "(DIGITS|WORDS)")
              .replace("DIGITS", "\\d+([.,]\\d+)*")
              .replace("WORDS", WORD + "([\\s-]" + WORD + ")*")
              .replace(
                  "UNIT",
                  "(ms|milliseconds?|s|seconds?|min|minutes?|hours?|days?|weeks?|bytes?"
                      + "|[kMG]i?B|(kilo|mega|giga|kibi|mebi)bytes?|%|percent|times)"),
          Pattern.COMMENTS | Pattern.CASE_INSENSITIVE);

  private static final Path RECORDS = Row.ROOT.resolve("docs/measured.txt");

  /**
   * Where a number comes from; the head of {@code docs/measured.txt} tells what each kind means.
   */
  private static final Pattern ORIGIN =
      Pattern.compile(
          "source (?<file>\\S+) \"(?<text>.+)\""
              + "|test (?<type>\\w+)\\.(?<method>\\w+)"
              + "|rfc \\d+(\\.\\d+)*"
              + "|measured \\d{4}-\\d\\d-\\d\\d .{20,}"
              + "|plan");

  /** A line of {@code docs/measured.txt}: what stands on a page, and where it comes from. */
  private record Entry(int line, String page, String phrase, String origin) {

    boolean isFor(Quantity quantity) {
      return page.equals(quantity.place.page())
          && phrase.equalsIgnoreCase(quantity.place.what())
          && (!origin.equals("plan") || quantity.isCell);
    }
  }

  /** A number with a unit; it may fill a table's cell. */
  private record Quantity(Place place, boolean isCell) {}

  @Test
  void everyTestThatIsNamedExists() throws Exception {
    List<String> faults = new ArrayList<>();
    for (Page page : Page.all()) {
      List<Place> codes = new ArrayList<>(new Prose(page).codes);
      page.commands()
          .forEach(command -> codes.add(new Place(page.name(), command.first(), command.text())));
      for (Place code : codes) {
        Matcher name = NAME_OF_A_TEST.matcher(code.what());
        while (name.find()) {
          if (!exists(name.group(1), name.group(2))) {
            faults.add(where(code) + ": there is no test " + name.group());
          }
        }
      }
    }
    assertThat(faults).isEmpty();
  }

  @Test
  void everyNumberWithAUnitHasARecord() throws Exception {
    List<Entry> records = records();
    List<String> faults = new ArrayList<>();
    for (Page page : Page.all()) {
      for (Quantity quantity : quantities(page)) {
        if (records.stream().noneMatch(record -> record.isFor(quantity))) {
          faults.add(
              "%s: \"%s\" has no record below %s in docs/measured.txt"
                  .formatted(where(quantity.place), quantity.place.what(), page.name()));
        }
      }
    }
    assertThat(faults).isEmpty();
  }

  @Test
  void everyRecordIsUsedAndTrue() throws Exception {
    List<Quantity> all = new ArrayList<>();
    for (Page page : Page.all()) {
      all.addAll(quantities(page));
    }
    List<String> faults = new ArrayList<>();
    for (Entry record : records()) {
      String where = "docs/measured.txt:" + record.line + ": ";
      if (all.stream().noneMatch(record::isFor)) {
        faults.add(where + record.page + " does not say \"" + record.phrase + "\"");
      }
      String fault = faultOf(record.origin);
      if (fault != null) {
        faults.add(where + fault);
      }
    }
    assertThat(faults).isEmpty();
  }

  /** Null if this can be, as far as a program can tell, where a number comes from. */
  private static String faultOf(String origin) throws IOException {
    Matcher parts = ORIGIN.matcher(origin);
    if (!parts.matches()) {
      return "this is no origin: " + origin;
    }
    if (parts.group("file") != null) {
      Path file = Row.ROOT.resolve(parts.group("file"));
      if (!Files.exists(file)) {
        return "there is no " + parts.group("file");
      }
      if (!Files.readString(file).contains(parts.group("text"))) {
        return parts.group("file") + " does not contain \"" + parts.group("text") + "\"";
      }
    }
    if (parts.group("type") != null && !exists(parts.group("type"), parts.group("method"))) {
      return "there is no test " + origin.substring("test ".length());
    }
    return null;
  }

  /** In {@code kit}, in a step or in the book itself; without a method, the class is enough. */
  private static boolean exists(String type, String method) throws IOException {
    if (type.equals("ExerciseTest")) {
      return true; // comes with a patch; PatchTest runs it
    }
    List<Path> files = new ArrayList<>();
    files.add(Row.ROOT.resolve("kit/src/test/java/kit/" + type + ".java"));
    files.add(Row.ROOT.resolve("docs/src/test/java/book/" + type + ".java"));
    for (Row.Step step : Row.steps()) {
      files.add(Row.ROOT.resolve(step.name() + "/src/test/java/chat/" + type + ".java"));
    }
    Pattern declaration = Pattern.compile("(void|Stream<DynamicTest>) " + method + "\\(");
    for (Path file : files) {
      if (Files.exists(file)
          && (method == null || declaration.matcher(Files.readString(file)).find())) {
        return true;
      }
    }
    return false;
  }

  private static List<Quantity> quantities(Page page) throws IOException {
    List<Quantity> quantities = new ArrayList<>();
    for (Place paragraph : new Prose(page).paragraphs) {
      String text = paragraph.what();
      for (MatchResult found : QUANTITY.matcher(text).results().toList()) {
        String before = text.substring(0, found.start());
        int line = paragraph.line() + (int) before.chars().filter(c -> c == '\n').count();
        String phrase = found.group().replaceAll("\\s", " ");
        boolean isCell = before.endsWith("| ") && text.startsWith(" |", found.end());
        quantities.add(new Quantity(new Place(page.name(), line, phrase), isCell));
      }
    }
    return quantities;
  }

  /** A page's name, and below it its records; a line that begins with # is for people. */
  private static List<Entry> records() throws IOException {
    List<Entry> records = new ArrayList<>();
    List<String> lines = Files.readAllLines(RECORDS);
    String page = null;
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      if (!line.startsWith(" ")) {
        page = line;
      } else {
        String[] parts = line.strip().split(": ", 2);
        records.add(new Entry(i + 1, page, parts[0], parts.length == 2 ? parts[1] : ""));
      }
    }
    return records;
  }

  private static String where(Place place) {
    return place.page() + ":" + place.line();
  }

  /**
   * The sentences of a page, and what stands in them as code. Headings and blocks of code are none.
   * A table is one paragraph here: commonmark knows tables only by an extension.
   */
  private static final class Prose extends AbstractVisitor {

    final List<Place> codes = new ArrayList<>();
    final List<Place> paragraphs = new ArrayList<>();
    private final String page;
    private StringBuilder text = new StringBuilder();

    Prose(Page page) throws IOException {
      this.page = page.name();
      Page.document(Files.readString(Row.ROOT.resolve(page.name()))).accept(this);
    }

    @Override
    public void visit(Paragraph paragraph) {
      text = new StringBuilder();
      visitChildren(paragraph);
      paragraphs.add(new Place(page, Page.line(paragraph), text.toString()));
    }

    @Override
    public void visit(Text part) {
      text.append(part.getLiteral());
    }

    @Override
    public void visit(Code code) {
      codes.add(new Place(page, Page.line(code), code.getLiteral()));
      text.append("`code`");
    }

    @Override
    public void visit(SoftLineBreak end) {
      text.append('\n');
    }

    @Override
    public void visit(HardLineBreak end) {
      text.append('\n');
    }
  }
}
