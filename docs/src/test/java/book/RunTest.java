package book;

import static org.junit.platform.engine.discovery.ClassNameFilter.excludeClassNamePatterns;
import static org.junit.platform.engine.discovery.ClassNameFilter.includeClassNamePatterns;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectPackage;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.platform.engine.FilterResult;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.PostDiscoveryFilter;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;
import org.junit.platform.launcher.listeners.TestExecutionSummary.Failure;

/**
 * Runs a test, {@code chat.RoomTest} or {@code chat.RoomTest#itsMethod}, or with {@code *} a step's
 * whole suite, in this process, and says by its exit code what came.
 */
final class RunTest {

  static final int PASSED = 0;
  static final int FAILED = 1; // an assertion did
  static final int NOT_RUN = 2; // no such test, or it broke down before it could assert anything

  /** The whole suite is without these two: they need Maven, or draw the demo for the book. */
  private static final String NOT_IN_A_COPY = "kit[.](CommandTest|DemoTest)";

  private static final int LINES = 12; // of what one failed test said

  private RunTest() {}

  public static void main(String[] args) {
    LauncherDiscoveryRequest request = args[0].equals("*") ? wholeSuite() : only(args[0]);
    SummaryGeneratingListener listener = new SummaryGeneratingListener();
    LauncherFactory.create().execute(request, listener);
    System.exit(result(listener.getSummary()));
  }

  /** The kit's checks and the step's own tests; those of other steps say so and are skipped. */
  private static LauncherDiscoveryRequest wholeSuite() {
    return LauncherDiscoveryRequestBuilder.request()
        .selectors(selectPackage("kit"), selectPackage("chat"), selectPackage("plumbing"))
        .filters(includeClassNamePatterns(".*Test"), excludeClassNamePatterns(NOT_IN_A_COPY))
        .build();
  }

  private static LauncherDiscoveryRequest only(String name) {
    String[] parts = name.split("#");
    PostDiscoveryFilter method =
        test -> FilterResult.includedIf(parts.length == 1 || isMethod(test, parts[1]));
    return LauncherDiscoveryRequestBuilder.request()
        .selectors(selectClass(parts[0]))
        .filters(method)
        .build();
  }

  private static boolean isMethod(TestDescriptor test, String name) {
    return test.getSource()
        .map(source -> source instanceof MethodSource method && method.getMethodName().equals(name))
        .orElse(false);
  }

  private static int result(TestExecutionSummary summary) {
    List<Failure> failures = summary.getFailures();
    System.out.printf(
        "%d tests passed, %d failed, %d were skipped.%n",
        summary.getTestsSucceededCount(), failures.size(), summary.getTestsSkippedCount());
    failures.forEach(
        failure ->
            System.out.println(
                name(failure.getTestIdentifier()) + ": " + message(failure.getException())));
    if (!failures.isEmpty()) {
      boolean asserted =
          failures.stream().allMatch(failure -> failure.getException() instanceof AssertionError);
      return asserted ? FAILED : NOT_RUN;
    }
    return summary.getTestsSucceededCount() == 0 ? NOT_RUN : PASSED;
  }

  /** As {@code -Dtest=} wants it, and of several runs of one test which. */
  private static String name(TestIdentifier test) {
    return test.getSource()
        .filter(MethodSource.class::isInstance)
        .map(MethodSource.class::cast)
        .map(method -> method.getClassName() + "#" + method.getMethodName())
        .map(
            method ->
                test.getDisplayName().endsWith(")") ? method : method + " " + test.getDisplayName())
        .orElse(test.getDisplayName());
  }

  private static String message(Throwable failure) {
    String text = failure instanceof AssertionError ? failure.getMessage() : trace(failure);
    List<String> lines = String.valueOf(text).strip().lines().limit(LINES).toList();
    return String.join("\n    ", lines);
  }

  private static String trace(Throwable failure) {
    StringWriter trace = new StringWriter();
    failure.printStackTrace(new PrintWriter(trace));
    return trace.toString();
  }
}
