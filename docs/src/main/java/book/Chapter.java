package book;

import book.Page.Claim;
import book.Page.Place;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A chapter as its reader types it: rung by rung, from the step before to its own step. */
final class Chapter {

  /**
   * What is typed before it is run again.
   *
   * @param name the chapter's number, a dot, the rung's
   * @param blocks what is typed, and the commands, in their order
   * @param guard its test, {@code Class#method}; null if the rung names none
   */
  record Rung(String name, int minutes, String title, int line, List<Claim> blocks, String guard) {}

  private static final Pattern HEADING =
      Pattern.compile("Rung ([1-9]\\.[1-9]) \\((\\d+) min\\): (.+)");
  private static final Pattern GUARD =
      Pattern.compile("mvn -q -f step\\d-mine verify( -Plong)? \"?-Dtest=([\\w#]+)\"?");
  private static final Pattern COPY = Pattern.compile("cp (.+) step\\d-mine/(\\S+/)");
  private static final Pattern RUN =
      Pattern.compile("mvn -q -f (step\\d-mine( verify)?|kit( -Pwire)?)( \"?-D\\S+)*");

  final Page page;
  final Row.Step step;
  final List<Rung> rungs = new ArrayList<>();

  private Chapter(Page page, Row.Step step) {
    this.page = page;
    this.step = step;
    for (int i = 0; i < page.rungs().size(); i++) {
      Place heading = page.rungs().get(i);
      boolean isLast = i + 1 == page.rungs().size();
      rungs.add(rung(heading, isLast ? endOfRungs() : page.rungs().get(i + 1).line()));
    }
  }

  /** The chapter of this step, as it stands in {@code docs}. */
  static Chapter of(Row.Step step) throws IOException {
    return parse(name(step), Files.readString(Row.ROOT.resolve(name(step))), step);
  }

  /** The page of this step's chapter. */
  static String name(Row.Step step) {
    return "docs/" + step.name().replaceFirst("^step", "") + ".md";
  }

  static Chapter parse(String name, String text, Row.Step step) {
    return new Chapter(Page.parse(name, text), step);
  }

  /** Of a step that has none yet, BookTest says so. */
  static List<Chapter> all() throws IOException {
    List<Chapter> chapters = new ArrayList<>();
    for (Row.Step step : Row.steps()) {
      if (Files.exists(Row.ROOT.resolve(name(step)))) {
        chapters.add(of(step));
      }
    }
    return chapters;
  }

  private Rung rung(Place heading, int end) {
    Matcher parts = HEADING.matcher(heading.what());
    if (!parts.matches()) {
      throw new WrongPage(
          page.name(), heading.line(), "a heading \"Rung 1.1 (5 min): what comes\"");
    }
    List<Claim> blocks =
        Stream.concat(page.claims().stream(), page.commands().stream())
            .filter(block -> block.first() > heading.line() && block.first() < end)
            .filter(block -> List.of("type", "sh").contains(block.kind()))
            .sorted(Comparator.comparing(Claim::first))
            .toList();
    String guard =
        blocks.stream()
            .filter(block -> block.kind().equals("sh"))
            .flatMap(block -> GUARD.matcher(block.text()).results())
            .map(match -> match.group(2))
            .reduce((first, last) -> last)
            .orElse(null);
    int minutes = Integer.parseInt(parts.group(2));
    return new Rung(parts.group(1), minutes, parts.group(3), heading.line(), blocks, guard);
  }

  /** Rungs end where the next section begins. */
  private int endOfRungs() {
    int last = page.rungs().get(page.rungs().size() - 1).line();
    return page.sections().stream()
        .mapToInt(Place::line)
        .filter(line -> line > last)
        .min()
        .orElse(Integer.MAX_VALUE);
  }

  /** The folder in which the reader types. */
  String folder() {
    return step.name().replaceFirst("-.*", "-mine");
  }

  /** What the reader has before the first rung. */
  WorkingCopy begin() throws IOException {
    WorkingCopy copy = new WorkingCopy();
    Map<String, byte[]> given =
        step.before() == null ? Row.files("docs/start") : Row.files(step.before());
    Map<String, byte[]> end = Row.files(step.name());
    for (var file : given.entrySet()) {
      boolean isTest = file.getKey().startsWith("src/test/");
      // A test of a class that this chapter changes comes in its rung, when it can be compiled.
      if (!isTest || Arrays.equals(file.getValue(), end.get(file.getKey()))) {
        copy.put(file.getKey(), text(file.getValue()));
      }
    }
    copy.put("pom.xml", text(end.get("pom.xml")));
    return copy;
  }

  private static String text(byte[] file) {
    return new String(file, StandardCharsets.UTF_8);
  }

  /** Does what a reader does in this rung; the rungs before it must have been typed. */
  void type(Rung rung, WorkingCopy copy) throws IOException {
    for (Claim block : rung.blocks()) {
      if (block.kind().equals("type")) {
        copy.type(block);
      } else {
        for (String command : block.text().lines().toList()) {
          Matcher parts = COPY.matcher(command);
          if (parts.matches()) {
            for (String file : parts.group(1).split(" ")) {
              Path from = Row.ROOT.resolve(file);
              copy.put(parts.group(2) + from.getFileName(), Files.readString(from));
            }
          } else if (!RUN.matcher(command).matches() && !GUARD.matcher(command).matches()) {
            throw new WrongPage(
                page.name(), block.first(), "a command that the test of this book can do");
          }
        }
      }
    }
  }

  /** The lines that are typed in this rung. */
  int newLines(Rung rung) {
    return (int)
        rung.blocks().stream()
            .filter(block -> block.kind().equals("type"))
            .flatMap(
                block ->
                    block
                        .text()
                        .lines()
                        .filter(line -> !block.language().equals("diff") || line.startsWith("+")))
            .filter(line -> !line.matches("[+]?\\s*"))
            .count();
  }

  /** A table of the rungs: minutes, and lines to type that are not empty. */
  String table() {
    StringBuilder table = new StringBuilder("rung  minutes  new lines\n");
    int minutes = 0;
    int lines = 0;
    for (Rung rung : rungs) {
      minutes += rung.minutes();
      lines += newLines(rung);
      table.append(
          "%s   %6d  %9d  %s\n"
              .formatted(rung.name(), rung.minutes(), newLines(rung), rung.title()));
    }
    return table.append("all   %6d  %9d\n".formatted(minutes, lines)).toString();
  }

  /** The state after this rung, {@code 1.4}; "" for the state before the first. */
  WorkingCopy after(String name) throws IOException {
    WorkingCopy copy = begin();
    for (Rung rung : rungs) {
      if (rung.name().compareTo(name) <= 0) {
        type(rung, copy);
      }
    }
    return copy;
  }

  /** The state after the last rung: the chapter's step. */
  WorkingCopy end() throws IOException {
    return after(rungs.get(rungs.size() - 1).name());
  }
}
