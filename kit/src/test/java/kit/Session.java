package kit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.nio.file.Path;
import java.util.List;
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

  /** Whether this is a later step, and Maven tests all of them. */
  private static final boolean IN_THE_ROW =
      ROOT != null
          && !Subject.isForeign()
          && Subject.STEP > 1
          && !Path.of(ROOT).equals(Path.of("").toAbsolutePath());

  private static Program program;
  private static Subject chat;
  private static Browser browser;

  /** The chat of the class that runs now: anybody's, or this step, just started. */
  static Subject chat() throws Exception {
    if (chat == null) {
      if (Subject.isForeign()) {
        chat = Subject.at(System.getProperty("chat.url"));
      } else {
        program = Program.java();
        chat = program.subject();
      }
    }
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
      if (last != null) {
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
    if (IN_THE_ROW && isTriedElsewhere(context)) {
      return ConditionEvaluationResult.disabled("is tried in another step");
    }
    return AnnotationSupport.findAnnotation(context.getElement(), Steps.class)
        .filter(steps -> Subject.STEP < steps.from() || Subject.STEP > steps.to())
        .map(steps -> ConditionEvaluationResult.disabled("not for step " + Subject.STEP))
        .orElse(ConditionEvaluationResult.enabled("for this step"));
  }

  /** Whether it is enough that other steps of the row try this. */
  private static boolean isTriedElsewhere(ExtensionContext context) {
    if (AnnotationSupport.isAnnotated(context.getElement(), Plumbing.class)) {
      return !LONG || Subject.STEP < lastStep();
    }
    if (LONG || context.getTestMethod().isEmpty()) {
      return false; // of a class, each check may be another case
    }
    List<AnnotatedElement> words =
        List.of(context.getRequiredTestMethod(), context.getRequiredTestClass());
    boolean inEarlierStep =
        words.stream()
            .map(word -> word.getAnnotation(Steps.class))
            .allMatch(steps -> steps == null || steps.from() < Subject.STEP);
    return inEarlierStep
        && !isMarked(words, InEachStep.class)
        && (Subject.STEP < lastStep() || isMarked(words, Page.class));
  }

  private static boolean isMarked(
      List<AnnotatedElement> elements, Class<? extends Annotation> word) {
    return elements.stream().anyMatch(element -> element.isAnnotationPresent(word));
  }

  private static int lastStep() {
    return Stream.of(new File(ROOT).list())
        .filter(name -> name.matches("step[0-9]-.*") && !name.endsWith("-mine"))
        .mapToInt(name -> name.charAt(4) - '0')
        .max()
        .orElse(Subject.STEP);
  }
}
