package kit;

import java.nio.file.Path;
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

  /** Whether this is a later step, and Maven tests all of them. */
  private static final boolean IN_THE_ROW =
      !Subject.isForeign()
          && Subject.STEP > 1
          && !Path.of(System.getProperty("execution.root", ""))
              .equals(Path.of("").toAbsolutePath());

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
    if (program != null) {
      program.close();
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
    if (AnnotationSupport.isAnnotated(context.getElement(), Plumbing.class)
        && IN_THE_ROW
        && !LONG) {
      return ConditionEvaluationResult.disabled("was tried in the first step");
    }
    return AnnotationSupport.findAnnotation(context.getElement(), Steps.class)
        .filter(steps -> Subject.STEP < steps.from() || Subject.STEP > steps.to())
        .map(steps -> ConditionEvaluationResult.disabled("not for step " + Subject.STEP))
        .orElse(ConditionEvaluationResult.enabled("for this step"));
  }
}
