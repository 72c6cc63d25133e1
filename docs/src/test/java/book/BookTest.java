package book;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import book.Page.Claim;
import book.Page.Picture;
import book.Page.Place;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Every claim of the book is held against the sources and against runs. With {@code -Dbook.rewrite}
 * what is not true is rewritten instead.
 */
class BookTest {

  private static final boolean REWRITE = System.getProperty("book.rewrite") != null;
  private static final List<String> SECTIONS =
      List.of(
          "Goal",
          "Run it",
          "What changes",
          "How it works",
          "On the wire",
          "What can go wrong",
          "Exercises",
          "Summary");

  @TestFactory
  Stream<DynamicTest> everyExcerptDiffAndOutputIsTrue() throws Exception {
    if (REWRITE) {
      rewriteClaims();
    }
    return Page.all().stream()
        .flatMap(page -> page.claims().stream())
        .map(
            claim ->
                DynamicTest.dynamicTest(
                    claim.page() + ":" + claim.first() + " " + claim.kind() + ": " + claim.source(),
                    () ->
                        assertThat(claim.text())
                            .as(
                                "%s, line %d, %s: %s",
                                claim.page(), claim.first(), claim.kind(), claim.source())
                            .isEqualTo(truth(claim))));
  }

  private static String truth(Claim claim) throws Exception {
    return switch (claim.kind()) {
      case "code" -> Sources.code(claim.source());
      case "diff" -> Sources.diff(claim.source());
      case "patch" -> Sources.patch(claim.source());
      case "run" -> Runs.text(claim.source());
      default -> throw new AssertionError("Nothing proves a claim of kind " + claim.kind() + ".");
    };
  }

  private static void rewriteClaims() throws Exception {
    for (Page page : Page.all()) {
      Path file = Row.ROOT.resolve(page.name());
      List<String> lines = new ArrayList<>(Files.readAllLines(file));
      List<Claim> backwards = new ArrayList<>(page.claims());
      backwards.sort(Comparator.comparing(Claim::first).reversed());
      for (Claim claim : backwards) {
        List<String> block = lines.subList(claim.first(), claim.last() - 1);
        block.clear();
        block.addAll(truth(claim).lines().toList());
      }
      write(file, lines);
    }
  }

  private static void write(Path file, List<String> lines) throws IOException {
    Files.writeString(file, String.join("\n", lines) + "\n");
  }

  @Test
  void everyBlockThatIsNoCommandAndNoDrawingSaysWhereItComesFrom() throws Exception {
    assertThat(Page.all()).flatExtracting(Page::unproved).isEmpty();
  }

  @Test
  void everyRelativeLinkLeadsSomewhere() throws Exception {
    List<Place> dead = new ArrayList<>();
    for (Page page : Page.all()) {
      for (Place link : page.links()) {
        String target = link.what();
        if (target.matches("https?:.*|mailto:.*")) {
          continue;
        }
        String path = target.replaceFirst("#.*", "");
        Path file =
            path.isEmpty()
                ? Row.ROOT.resolve(page.name())
                : Row.ROOT.resolve(page.name()).resolveSibling(path).normalize();
        String anchor = target.contains("#") ? target.replaceFirst(".*#", "") : null;
        if (!Files.exists(file) || anchor != null && !anchors(file).contains(anchor)) {
          dead.add(link);
        }
      }
    }
    assertThat(dead).as("dead links").isEmpty();
  }

  private static Set<String> anchors(Path file) throws IOException {
    String name = Row.ROOT.relativize(file).toString().replace('\\', '/');
    Set<String> anchors = new HashSet<>();
    Page.all().stream()
        .filter(page -> page.name().equals(name))
        .forEach(page -> anchors.addAll(page.anchors()));
    return anchors;
  }

  @Test
  void everyPictureWasDrawnInThisBuildAndHasAnAlternativeInWords() throws Exception {
    for (Page page : Page.all()) {
      for (Picture picture : page.pictures()) {
        String where = picture.page() + ", line " + picture.line() + ": " + picture.file();
        Path file = Row.ROOT.resolve(page.name()).resolveSibling(picture.file()).normalize();
        Path drawn = drawn(file.getFileName().toString());
        assertThat(drawn).as(where + " is drawn by no test; run mvn verify").isNotNull();
        if (REWRITE) {
          Files.copy(drawn, file, StandardCopyOption.REPLACE_EXISTING);
        }
        assertThat(file).as(where).exists();
        assertThat(size(file)).as(where + ", width and height").isEqualTo(size(drawn));
        assertThat(picture.alternative()).as(where + ", the alternative").hasSizeGreaterThan(20);
      }
    }
  }

  private static Path drawn(String name) throws IOException {
    for (Row.Step step : Row.steps()) {
      Path file = Row.ROOT.resolve(step.name()).resolve("target/demo").resolve(name);
      if (Files.exists(file)) {
        return file;
      }
    }
    return null;
  }

  private static List<Integer> size(Path picture) throws IOException {
    var image = ImageIO.read(picture.toFile());
    return List.of(image.getWidth(), image.getHeight());
  }

  @Test
  void everyStepHasAChapterAndEveryChapterHasItsSections() throws Exception {
    List<Page> pages = Page.all();
    for (Row.Step step : Row.steps()) {
      String chapter = "docs/" + step.name().replaceFirst("^step", "") + ".md";
      List<Page> found = pages.stream().filter(page -> page.name().equals(chapter)).toList();
      assertThat(found).as("chapters " + chapter).hasSize(1);
      assertThat(found.get(0).sections()).as(chapter + ", its sections").isEqualTo(SECTIONS);
    }
  }

  @Test
  void noStepOutgrowsItsLessonAndTheReadmesNumbersAreRight() throws Exception {
    Path readme = Row.ROOT.resolve("README.md");
    for (Row.Step step : Row.steps()) {
      int java = Sources.changedLines(step, ".java");
      int page = Sources.changedLines(step, ".html");
      if (step.before() != null) {
        assertThat(java).as(step.name() + ", changed lines of Java").isLessThanOrEqualTo(150);
        assertThat(page).as(step.name() + ", changed lines of page").isLessThanOrEqualTo(120);
      }
      String row = "| `mvn -q -f " + step.name() + "` | ";
      if (REWRITE) {
        String text = Files.readString(readme);
        Files.writeString(
            readme,
            text.replaceAll(
                Pattern.quote(row) + "[0-9]+, [0-9]+",
                Matcher.quoteReplacement(row + java + ", " + page)));
      }
      assertThat(Files.readAllLines(readme).stream().filter(line -> line.contains(row)))
          .as("README.md, the row of " + step.name())
          .singleElement(STRING)
          .endsWith(row + java + ", " + page + " |");
    }
  }
}
