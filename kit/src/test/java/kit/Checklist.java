package kit;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestWatcher;
import org.junit.platform.commons.support.AnnotationSupport;

/** Remembers what was tried, and what came, as a list with a box for each check. */
public final class Checklist implements AfterAllCallback, TestWatcher {

  private static final List<String> ARTICLE = new ArrayList<>();
  private static final List<String> BOOK = new ArrayList<>();
  private int passed;
  private int failed;

  private static String name(ExtensionContext context) {
    String name = context.getRequiredTestClass().getSimpleName().replaceFirst("Test$", "");
    return Texts.sentence(name).strip().toLowerCase(Locale.ROOT);
  }

  @Override
  public void testSuccessful(ExtensionContext context) {
    passed++;
    add(context, "[x] " + sentence(context));
  }

  @Override
  public void testFailed(ExtensionContext context, Throwable problem) {
    failed++;
    String came = Texts.shortened(problem.getMessage()).replace("\n", "\n        ");
    add(context, "[ ] " + sentence(context) + "\n        " + came);
    if (!Subject.isForeign()) { // Maven prints all of it, later and longer
      System.out.println(sentence(context) + ": " + came.lines().findFirst().orElse("?").strip());
    }
  }

  private static synchronized void add(ExtensionContext context, String line) {
    boolean article = AnnotationSupport.isAnnotated(context.getTestMethod(), Article.class);
    (article ? ARTICLE : BOOK).add(line);
  }

  private static String sentence(ExtensionContext context) {
    String sentence = Texts.sentence(context.getRequiredTestMethod().getName());
    return Optional.of(context.getDisplayName())
        .filter(name -> !name.endsWith("()"))
        .map(name -> sentence + ": " + name)
        .orElse(sentence);
  }

  @Override
  public void afterAll(ExtensionContext context) {
    if (!Subject.isForeign() && passed + failed > 0) {
      System.out.printf(
          "step %d, %s: %d passed%s%n",
          Subject.STEP, name(context), passed, failed == 0 ? "" : ", " + failed + " FAILED");
    }
  }

  /** All boxes so far: what the article asks for, and what this book adds. */
  static String text() {
    return "As in the article\n  "
        + String.join("\n  ", ARTICLE)
        + "\nAs in the book\n  "
        + String.join("\n  ", BOOK);
  }

  /** True when a box is open that the article asks for. */
  static boolean lacksSomethingOfTheArticle() {
    return ARTICLE.stream().anyMatch(line -> line.startsWith("[ ]"));
  }

  static boolean lacksSomethingOfTheBook() {
    return BOOK.stream().anyMatch(line -> line.startsWith("[ ]"));
  }
}
