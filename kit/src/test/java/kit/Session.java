package kit;

import static kit.Waiting.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * One run of the kit: chooses the checks, gives each class a chat of its own, and all of them one
 * browser.
 */
final class Session implements ExecutionCondition, BeforeAllCallback, AfterAllCallback {

  /** Whether the long proofs run too. */
  static final boolean LONG = Boolean.getBoolean("proof.long");

  /** Where Maven was started; an IDE does not say it. */
  private static final String ROOT = System.getProperty("execution.root");

  /** Whether Maven tests all steps. */
  private static final boolean ALL_STEPS =
      ROOT != null && !Subject.isForeign() && !Path.of(ROOT).equals(Path.of("").toAbsolutePath());

  /** Whether this is a later one of them. */
  private static final boolean IN_THE_ROW = ALL_STEPS && Subject.STEP > 1;

  private static final Map<Integer, Integer> BEGINS_WITH = IN_THE_ROW ? beginsWith() : Map.of();

  /** The command that starts another's chat; null when it runs already. */
  private static final String START = System.getProperty("chat.start");

  private static Program program;
  private static Subject chat;
  private static Browser browser;

  /** The chat of the class that runs now: anybody's, or this step, just started. */
  static Subject chat() throws Exception {
    if (chat == null) {
      if (START != null) {
        program = Program.foreign(START);
      } else if (!Subject.isForeign()) {
        program = Program.java("-Drate=0", "-Dconnections.address=0"); // checks of volume
      }
      long begin = System.nanoTime();
      chat = started();
      Waiting.startTook(Duration.ofNanos(System.nanoTime() - begin));
    }
    return chat;
  }

  private static Subject started() throws Exception {
    if (!Subject.isForeign()) {
      return program.subject();
    }
    String page = System.getProperty("chat.url");
    if (START != null) {
      await(
          "a page at " + page,
          () -> {
            program.checkRunning();
            try {
              Subject.at(page);
            } catch (IllegalStateException e) {
              throw new AssertionError(e.getMessage(), e);
            }
          });
    }
    return Subject.at(page);
  }

  /** Whether the kit can start the chat again. */
  static boolean canRestart() {
    return START != null || !Subject.isForeign();
  }

  /** Ends the chat at once, as {@code kill -9} does, and starts it again with the same files. */
  static Subject killAndStart() throws Exception {
    program.kill();
    program = START == null ? program.again() : program.again().draining();
    chat = started();
    return chat;
  }

  /** To start one costs as much as ten checks, so all classes share it. */
  static Browser browser() {
    if (browser == null) {
      browser = new Browser();
    }
    return browser;
  }

  private static void closeBrowser() {
    if (browser != null) {
      browser.close();
      browser = null;
    }
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    context
        .getRoot()
        .getStore(Namespace.GLOBAL)
        .computeIfAbsent(Session.class, any -> (AutoCloseable) Session::closeBrowser);
  }

  @Override
  public void afterAll(ExtensionContext context) throws Exception {
    chat = null;
    try (Program last = program) {
      if (last != null && !Subject.isForeign()) {
        assertThat(last.errors()).as("what the chat has logged").isEmpty();
      }
    } finally {
      program = null;
    }
  }

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    boolean own = AnnotationSupport.isAnnotated(context.getElement(), Own.class);
    if (own && Subject.isForeign()) {
      return ConditionEvaluationResult.disabled("only for a step of this tutorial");
    }
    if (AnnotationSupport.isAnnotated(context.getElement(), LongProof.class) && !LONG) {
      return ConditionEvaluationResult.disabled("only with -Plong");
    }
    boolean isStory = AnnotationSupport.isAnnotated(context.getElement(), Story.class);
    if (ALL_STEPS && !LONG && isStory) {
      return ConditionEvaluationResult.disabled("ThreeTabsTest tells the same");
    }
    if (IN_THE_ROW && isTriedElsewhere(context)) {
      return ConditionEvaluationResult.disabled("is tried in another step");
    }
    return context.getElement().filter(element -> !applies(element, Subject.STEP)).isPresent()
        ? ConditionEvaluationResult.disabled("not for step " + Subject.STEP)
        : ConditionEvaluationResult.enabled("for this step");
  }

  /** Whether it is enough that other steps of the row try this. */
  private static boolean isTriedElsewhere(ExtensionContext context) {
    if (AnnotationSupport.isAnnotated(context.getElement(), Plumbing.class)) {
      return !LONG || !isEndOfBranch();
    }
    boolean isOfTheStep = !context.getRequiredTestClass().getPackageName().equals("kit");
    if (LONG || isOfTheStep || context.getTestMethod().isEmpty()) {
      return false; // a class is decided check by check
    }
    List<AnnotatedElement> words =
        List.of(context.getRequiredTestMethod(), context.getRequiredTestClass());
    boolean inEarlierStep = words.stream().allMatch(word -> applies(word, stepBefore()));
    return inEarlierStep
        && !isMarked(words, InEachStep.class)
        && (!isEndOfBranch() || isMarked(words, Once.class));
  }

  private static boolean isMarked(
      List<AnnotatedElement> elements, Class<? extends Annotation> word) {
    return elements.stream().anyMatch(element -> element.isAnnotationPresent(word));
  }

  private static boolean applies(AnnotatedElement check, int step) {
    Steps[] ranges = check.getAnnotationsByType(Steps.class);
    return ranges.length == 0
        || Stream.of(ranges).anyMatch(range -> range.from() <= step && step <= range.to());
  }

  /** Whether no other step begins with this one. */
  private static boolean isEndOfBranch() {
    return !BEGINS_WITH.containsValue(Subject.STEP);
  }

  /** The step that this one begins with. */
  private static int stepBefore() {
    return BEGINS_WITH.get(Subject.STEP);
  }

  /** For each step but the first, the one that it begins with: its pom says so. */
  private static Map<Integer, Integer> beginsWith() {
    Map<Integer, Integer> steps = new TreeMap<>();
    for (File folder : new File(ROOT).listFiles()) {
      if (folder.getName().matches("step[0-9]-.*") && !folder.getName().endsWith("-mine")) {
        try {
          String pom = Files.readString(folder.toPath().resolve("pom.xml"));
          Matcher before = Pattern.compile("<begins.with>step([0-9])-").matcher(pom);
          if (before.find()) {
            steps.put(folder.getName().charAt(4) - '0', Integer.parseInt(before.group(1)));
          }
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    }
    return steps;
  }
}
