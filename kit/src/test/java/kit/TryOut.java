package kit;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.PrintWriter;
import java.util.List;
import java.util.stream.Stream;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/**
 * Tries any chat, wherever it runs and in whatever language it is written, and prints a list with a
 * box for each check: {@code mvn -q -f kit -Dchat.url=http://localhost:3000 -Dchat.step=1}. All
 * boxes of the article must be ticked; {@code -Dchat.level=book} asks for all others too.
 */
public final class TryOut {

  /** In the order in which somebody would build a chat; what may stop a server comes last. */
  static final List<Class<?>> CHECKS =
      List.of(
          TabsTest.class,
          RelayTest.class,
          HttpTest.class,
          NamesTest.class,
          HistoryTest.class,
          PicturesTest.class,
          PicturePageTest.class,
          LivePictureTest.class,
          VideoTest.class,
          VideoTabsTest.class,
          PageTest.class,
          MeasuredTest.class,
          ChartsTest.class,
          LimitsTest.class,
          RfcTest.class);

  private TryOut() {}

  public static void main(String[] args) {
    System.exit(run());
  }

  private static int run() {
    if (System.getProperty("chat.url") == null) {
      System.err.println("Say which chat to try: -Dchat.url=http://localhost:3000 -Dchat.step=1");
      return 2;
    }
    try {
      System.out.println(
          "Trying the chat at " + Session.chat().page() + " as step " + Subject.STEP);
    } catch (Exception | ExceptionInInitializerError e) {
      Throwable reason = e instanceof ExceptionInInitializerError ? e.getCause() : e;
      System.err.println(reason.getMessage());
      return 2;
    }
    LauncherDiscoveryRequest checks =
        LauncherDiscoveryRequestBuilder.request()
            .selectors(selected().map(check -> selectClass(check)).toList())
            .build();
    SummaryGeneratingListener listener = new SummaryGeneratingListener();
    LauncherFactory.create().execute(checks, listener);
    if (listener.getSummary().getTestsFoundCount() == 0) {
      System.err.println("There are no checks whose name contains -Dchat.checks.");
      return 2;
    }
    System.out.println(Checklist.text());
    if (listener.getSummary().getContainersFailedCount() > 0) { // a class that could not begin
      listener.getSummary().printFailuresTo(new PrintWriter(System.out), 5);
      return 1;
    }
    boolean strict = "book".equals(System.getProperty("chat.level"));
    return Checklist.lacksSomethingOfTheArticle() || strict && Checklist.lacksSomethingOfTheBook()
        ? 1
        : 0;
  }

  /** All of them, or with {@code -Dchat.checks=NamesTest} those whose name contains this. */
  private static Stream<Class<?>> selected() {
    String part = System.getProperty("chat.checks", "");
    return CHECKS.stream().filter(check -> check.getSimpleName().contains(part));
  }
}
