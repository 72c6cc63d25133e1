package book;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.platform.engine.FilterResult;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.PostDiscoveryFilter;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/**
 * Runs a test, {@code chat.RoomTest} or {@code chat.RoomTest#itsMethod}, in this process, and says
 * by its exit code what came.
 */
final class RunTest {

  static final int PASSED = 0;
  static final int FAILED = 1; // an assertion did
  static final int NOT_RUN = 2; // no such test, or it broke down before it could assert anything

  private RunTest() {}

  public static void main(String[] args) {
    String[] parts = args[0].split("#");
    PostDiscoveryFilter method =
        test -> FilterResult.includedIf(parts.length == 1 || isMethod(test, parts[1]));
    LauncherDiscoveryRequest request =
        LauncherDiscoveryRequestBuilder.request()
            .selectors(selectClass(parts[0]))
            .filters(method)
            .build();
    SummaryGeneratingListener listener = new SummaryGeneratingListener();
    LauncherFactory.create().execute(request, listener);
    System.exit(result(listener.getSummary()));
  }

  private static boolean isMethod(TestDescriptor test, String name) {
    return test.getSource()
        .map(source -> source instanceof MethodSource method && method.getMethodName().equals(name))
        .orElse(false);
  }

  private static int result(TestExecutionSummary summary) {
    if (!summary.getFailures().isEmpty()) {
      Throwable failure = summary.getFailures().get(0).getException();
      System.out.println(failure instanceof AssertionError ? failure.getMessage() : trace(failure));
      return failure instanceof AssertionError ? FAILED : NOT_RUN;
    }
    if (summary.getTestsSucceededCount() == 0) {
      System.out.println("No such test has run.");
      return NOT_RUN;
    }
    return PASSED;
  }

  private static String trace(Throwable failure) {
    StringWriter trace = new StringWriter();
    failure.printStackTrace(new PrintWriter(trace));
    return trace.toString();
  }
}
