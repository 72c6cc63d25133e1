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
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Every claim of the book is held against the sources and against runs. With {@code -Dbook.rewrite}
 * what is not true is rewritten instead.
 */
class BookTest {

  private static final boolean REWRITE = System.getProperty("book.rewrite") != null;

  /** {@link TypedTest} proves these. */
  private static final Set<String> TYPED = Set.of("type", "fails");

  private static final List<String> SECTIONS =
      List.of(
          "Goal", "Begin", "Type it", "On the wire", "What can go wrong", "Exercises", "Summary");

  @TestFactory
  Stream<DynamicTest> everyExcerptDiffAndOutputIsTrue() throws Exception {
    if (REWRITE) {
      rewriteClaims();
    }
    List<Truths> all = Page.all().stream().map(Truths::new).toList();
    ExecutorService two = Executors.newFixedThreadPool(2); // much of a play is waiting
    List<Truths> longestFirst = new ArrayList<>(all);
    Collections.reverse(longestFirst);
    longestFirst.forEach(truths -> two.execute(truths::play));
    two.shutdown();
    return all.stream()
        .flatMap(
            truths ->
                truths.page.claims().stream()
                    .filter(claim -> !TYPED.contains(claim.kind()))
                    .map(claim -> test(claim, truths)));
  }

  private static DynamicTest test(Claim claim, Truths truths) {
    return DynamicTest.dynamicTest(
        claim.page() + ":" + claim.first() + " " + claim.kind() + ": " + claim.source(),
        () -> {
          String truth = truths.of(claim);
          assertSame(claim.page(), claim.first() + 1, claim.text(), truth);
        });
  }

  /** One line of each is enough to see what is wrong. */
  private static void assertSame(String file, int firstLine, String text, String truth) {
    List<String> lines = text.lines().toList();
    List<String> facts = truth.lines().toList();
    for (int i = 0; i < Math.max(lines.size(), facts.size()); i++) {
      String says = i < lines.size() ? lines.get(i) : "(no line more)";
      String should = i < facts.size() ? facts.get(i) : "(no line more)";
      if (!says.equals(should)) {
        throw new AssertionError(
            "%s:%d says%n  %s%nand should say%n  %s".formatted(file, firstLine + i, says, should));
      }
    }
  }

  /** What the blocks of a page should say. */
  private static final class Truths {

    private final Page page;
    private Map<Claim, Callable<String>> played;

    /** Plays the page once; a test that needs a result meanwhile waits for it. */
    synchronized void play() {
      if (played == null) {
        played = Scripts.play(page);
      }
    }

    Truths(Page page) {
      this.page = page;
    }

    String of(Claim claim) throws Exception {
      if (Scripts.KINDS.contains(claim.kind())) {
        play();
        return played.get(claim).call();
      }
      return switch (claim.kind()) {
        case "code" -> Sources.code(claim.source());
        case "patch" -> Sources.patch(claim.source());
        case "rungs" -> Typed.chapter(claim.source()).table();
        case "checklist" -> NodeOriginal.checklist();
        default -> throw new AssertionError("Nothing proves a claim of kind " + claim.kind() + ".");
      };
    }
  }

  /** What cannot be found out stays as it is; its test says why. */
  private static void rewriteClaims() throws Exception {
    for (Page page : Page.all()) {
      Path file = Row.ROOT.resolve(page.name());
      List<String> lines = new ArrayList<>(Files.readAllLines(file));
      Truths truths = new Truths(page);
      List<Claim> backwards = new ArrayList<>(page.claims());
      backwards.removeIf(claim -> TYPED.contains(claim.kind()));
      backwards.sort(Comparator.comparing(Claim::first).reversed());
      for (Claim claim : backwards) {
        String truth;
        try {
          truth = truths.of(claim);
        } catch (Exception | AssertionError e) {
          continue;
        }
        List<String> block = lines.subList(claim.first(), claim.last() - 1);
        block.clear();
        block.addAll(truth.lines().toList());
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
  void everyPictureExistsAndHasAnAlternativeInWords() throws Exception {
    for (Page page : Page.all()) {
      for (Picture picture : page.pictures()) {
        assertThat(file(picture)).as(where(picture)).exists();
        assertThat(picture.alternative())
            .as(where(picture) + ", the alternative")
            .hasSizeGreaterThan(20);
      }
    }
  }

  @TestFactory
  @EnabledIfSystemProperty(named = "proof.long", matches = "true")
  Stream<DynamicTest> everyPictureWasDrawnInThisBuildAndShowsTheTextBesideIt() throws Exception {
    return Page.all().stream()
        .flatMap(page -> page.pictures().stream())
        .map(picture -> DynamicTest.dynamicTest(where(picture), () -> wasDrawn(picture)));
  }

  private static void wasDrawn(Picture picture) throws Exception {
    Path file = file(picture);
    Path drawn = drawn(file.getFileName().toString(), picture.scene());
    assertThat(drawn).as(where(picture) + " is drawn by no test; run mvn verify -Plong").exists();
    String text = usualTimes(Files.readString(text(drawn)));
    if (REWRITE) {
      Files.copy(drawn, file, StandardCopyOption.REPLACE_EXISTING);
      Files.writeString(text(file), text);
    }
    assertThat(size(file)).as(where(picture) + ", width and height").isEqualTo(size(drawn));
    assertThat(text(file)).as(where(picture) + ", its text").exists();
    assertSame(text(file).getFileName().toString(), 1, Files.readString(text(file)), text);
  }

  private static Path file(Picture picture) {
    return Row.ROOT.resolve(picture.page()).resolveSibling(picture.file()).normalize();
  }

  private static String where(Picture picture) {
    return picture.page() + ", line " + picture.line() + ": " + picture.file();
  }

  /** What the windows in a picture show, in words. */
  private static Path text(Path picture) {
    return picture.resolveSibling(picture.getFileName().toString().replaceFirst("[.]png$", ".txt"));
  }

  /** A page shows the time as its browser likes it: 09:30 or 9:30 AM. What is measured varies. */
  private static String usualTimes(String text) {
    return text.replaceAll("(?<![0-9:])[0-9]{1,2}:[0-9]{2}([ \\u00a0\\u202f][AP]M)?", "09:30")
        .replaceAll("(?m)\\b[0-9.]+ m?s$", "1 ms")
        .replaceAll("(?<=Bytes received\\s).+", "1,000")
        .replaceAll("(?m) +$", "");
  }

  /** By a step's demo; or here, when the page says what happens in a rung, {@code 1.5: ...}. */
  private static Path drawn(String name, String scene) throws Exception {
    if (!scene.isEmpty()) {
      String[] parts = scene.split(": ", 2);
      return Typed.scene(parts[0], name.replace(".png", ""), parts[1].split("; "));
    }
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
      String chapter = Chapter.name(step);
      List<Page> found = pages.stream().filter(page -> page.name().equals(chapter)).toList();
      assertThat(found).as("chapters " + chapter).hasSize(1);
      assertThat(found.get(0).sections())
          .extracting(section -> section.what().replace("What stands behind", "What can go wrong"))
          .as(chapter + ", its sections")
          .isEqualTo(SECTIONS);
    }
  }

  @Test
  void theReadmeSaysHowManyLinesEachStepChanges() throws Exception {
    Path readme = Row.ROOT.resolve("README.md");
    for (Row.Step step : Row.steps()) {
      int java = Sources.changedLines(step, ".java");
      int page = Sources.changedLines(step, ".html", ".js");
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
