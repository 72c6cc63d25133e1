package chat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.junit.jupiter.api.extension.TestWatcher;
import org.opentest4j.TestAbortedException;

/**
 * Prints what was tried, and what came, as a list with a box for each check. A chat of somebody
 * else has passed when all is as in the article; what the book adds is only reported, unless {@code
 * -Dchat.level=book} asks for it.
 */
final class Checklist implements TestWatcher, TestExecutionExceptionHandler, AfterAllCallback {

  private final List<String> article = new ArrayList<>();
  private final List<String> book = new ArrayList<>();

  @Override
  public void handleTestExecutionException(ExtensionContext context, Throwable problem)
      throws Throwable {
    boolean optional = Subject.isForeign() && !"book".equals(System.getProperty("chat.level"));
    if (optional && context.getTags().contains("book")) {
      throw new TestAbortedException(problem.getMessage(), problem);
    }
    throw problem;
  }

  @Override
  public void testSuccessful(ExtensionContext context) {
    add(context, "[x] " + sentence(context));
  }

  @Override
  public void testFailed(ExtensionContext context, Throwable problem) {
    add(context, "[ ] " + sentence(context) + came(problem));
  }

  @Override
  public void testAborted(ExtensionContext context, Throwable problem) {
    add(context, "[ ] " + sentence(context) + came(problem));
  }

  private void add(ExtensionContext context, String line) {
    (context.getTags().contains("article") ? article : book).add(line);
  }

  /** {@code aNewcomerSeesNothing} as words. */
  private static String sentence(ExtensionContext context) {
    String words = context.getRequiredTestMethod().getName().replaceAll("([A-Z]|[0-9]+)", " $1");
    return words.substring(0, 1).toUpperCase(Locale.ROOT)
        + words.substring(1).toLowerCase(Locale.ROOT);
  }

  /** What the assertion says: whom it waited for, what was expected, what came. */
  private static String came(Throwable problem) {
    String message =
        String.valueOf(problem.getMessage())
            .strip()
            .replaceFirst(
                "(?s)Condition with alias '(.*)' didn't complete within .*? because assertion"
                    + " condition defined as .*? in chat\\.\\w+",
                "Waited in vain for $1.");
    return "\n      "
        + message.lines().filter(l -> !l.isBlank()).limit(12).toList().stream()
            .map(line -> line.length() > 150 ? line.substring(0, 150) + " ..." : line)
            .reduce((a, b) -> a + "\n      " + b)
            .orElse("");
  }

  @Override
  public void afterAll(ExtensionContext context) {
    System.out.println("\nAs in the article");
    article.forEach(line -> System.out.println("  " + line));
    System.out.println("As in the book");
    book.forEach(line -> System.out.println("  " + line));
  }
}
