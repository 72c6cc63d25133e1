package book;

import static org.assertj.core.api.Assertions.assertThat;

import book.Chapter.Rung;
import book.Page.Claim;
import com.github.difflib.DiffUtils;
import com.github.difflib.patch.AbstractDelta;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Types each chapter as its reader does. */
class TypedTest {

  @TestFactory
  Stream<DynamicTest> whoTypesARungHasAProgramThatBuilds() throws Exception {
    return rungs()
        .map(
            rung -> DynamicTest.dynamicTest("rung " + rung.name(), () -> Typed.built(rung.name())));
  }

  /** {@code -Dbook.rung=3.4} is for who works on one: only its test is run, or a chapter's. */
  private static final String ONLY = System.getProperty("book.rung", "");

  private static Stream<Rung> rungs() throws Exception {
    return Chapter.all().stream().flatMap(chapter -> chapter.rungs.stream());
  }

  @TestFactory
  Stream<DynamicTest> whoHasTypedAChapterHasItsStepByteForByte() throws Exception {
    return Chapter.all().stream()
        .map(chapter -> DynamicTest.dynamicTest(chapter.page.name(), () -> sameAsStep(chapter)));
  }

  /** The first place where a typed file and the step's differ. */
  private record Difference(int line, String text) {}

  /** Null when they are the same, byte for byte. */
  private static Difference difference(WorkingCopy copy, String path, String wanted) {
    if (!copy.files.containsKey(path)) {
      return new Difference(0, "nobody has typed or given it");
    }
    if (copy.text(path).equals(wanted)) {
      return null;
    }
    var deltas =
        DiffUtils.diff(copy.text(path).lines().toList(), wanted.lines().toList()).getDeltas();
    if (deltas.isEmpty()) {
      return new Difference(0, "only the line feeds differ");
    }
    AbstractDelta<String> first = deltas.get(0);
    return new Difference(
        first.getTarget().getPosition() + 1,
        "typed %s, wanted %s"
            .formatted(first.getSource().getLines(), first.getTarget().getLines()));
  }

  private static void sameAsStep(Chapter chapter) throws Exception {
    WorkingCopy copy = chapter.end();
    Map<String, byte[]> step = Row.files(chapter.step.name());
    assertThat(copy.files.keySet()).as("the files of " + chapter.folder()).isEqualTo(step.keySet());
    for (var file : step.entrySet()) {
      Difference difference =
          difference(copy, file.getKey(), new String(file.getValue(), StandardCharsets.UTF_8));
      if (difference != null) {
        throw new AssertionError(
            "%s: after the last rung, %s differs from %s, near line %d: %s"
                .formatted(
                    chapter.page.name(),
                    file.getKey(),
                    chapter.step.name(),
                    difference.line(),
                    difference.text()));
      }
    }
  }

  @Test
  void everyRungNamesItsTestAndWhatTheTestSaysBeforeIt() throws Exception {
    List<String> faults = new ArrayList<>();
    for (Chapter chapter : Chapter.all()) {
      int i = 0;
      for (Rung rung : chapter.rungs) {
        String where = chapter.page.name() + ":" + rung.line() + ": rung " + rung.name();
        if (!rung.name().equals(chapter.folder().charAt(4) + "." + ++i)) {
          faults.add(where + " stands in place " + i);
        }
        if (rung.guard() == null) {
          faults.add(where + " names no test");
        }
        Claim failure = failure(chapter, rung);
        if (failure == null || failure.text().isBlank()) {
          faults.add(where + " does not show what its test says before it");
        }
      }
    }
    assertThat(faults).isEmpty();
  }

  private static Claim failure(Chapter chapter, Rung rung) {
    return chapter.page.claims().stream()
        .filter(claim -> claim.kind().equals("fails") && claim.source().equals(rung.name()))
        .findFirst()
        .orElse(null);
  }

  @TestFactory
  @EnabledIfSystemProperty(named = "proof.long", matches = "true")
  Stream<DynamicContainer> aRungsTestFailsBeforeItForTheReasonShownAndPassesAfterIt()
      throws Exception {
    return rungs()
        .filter(rung -> rung.name().startsWith(ONLY))
        .map(
            rung ->
                DynamicContainer.dynamicContainer(
                    "rung " + rung.name() + ", " + rung.guard(),
                    Stream.of(
                        DynamicTest.dynamicTest("before", () -> fails(rung)),
                        DynamicTest.dynamicTest("after", () -> passes(rung)))));
  }

  private static void fails(Rung rung) throws Exception {
    Claim claim = failure(Typed.chapter(rung.name()), rung);
    Build.Result result = Typed.before(rung);
    assertThat(result.code())
        .as("before rung %s, %s fails; it said: %s", rung.name(), rung.guard(), result.output())
        .isNotEqualTo(Build.PASSED); // why, the words tell
    for (String line : claim.text().lines().toList()) {
      assertThat(result.output())
          .as("%s:%d, what %s says before the rung", claim.page(), claim.first(), rung.guard())
          .contains(line.strip());
    }
  }

  private static void passes(Rung rung) throws Exception {
    Build.Result result = Typed.after(rung);
    assertThat(result.code())
        .as("after rung %s, %s passes; it said: %s", rung.name(), rung.guard(), result.output())
        .isEqualTo(Build.PASSED);
  }
}
