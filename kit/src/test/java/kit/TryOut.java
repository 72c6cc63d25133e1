package kit;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import java.io.PrintWriter;
import java.util.List;
import java.util.stream.Stream;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/**
 * Tries any chat, wherever it runs and in whatever language it is written, and prints a list with a
 * box for each check: {@code mvn -q -f kit -Dchat.url=http://localhost:3000 -Dchat.step=1}. All
 * boxes of the article must be ticked; {@code -Dchat.level=book} asks for all others too. With
 * {@code -Dchat.start="python3 chat.py"}, it starts the chat itself, and can start it again.
 */
public final class TryOut {

  /** In the order in which somebody would build a chat; what may stop a server comes last. */
  private static final List<Class<?>> CHECKS =
      List.of(
          TabsTest.class,
          RelayTest.class,
          HttpTest.class,
          NamesTest.class,
          HistoryTest.class,
          KilledTest.class,
          ConversationTest.class,
          PicturesTest.class,
          PicturePageTest.class,
          OneSnapshotTest.class,
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
    } catch (Exception | AssertionError | ExceptionInInitializerError e) {
      Throwable reason = e instanceof ExceptionInInitializerError ? e.getCause() : e;
      System.err.println(reason.getMessage());
      return 2;
    }
    LauncherDiscoveryRequest checks;
    try {
      checks = LauncherDiscoveryRequestBuilder.request().selectors(selected()).build();
    } catch (IllegalArgumentException e) {
      System.err.println("There is no class of checks with the name \"" + e.getMessage() + "\".");
      return 2;
    }
    SummaryGeneratingListener listener = new SummaryGeneratingListener();
    LauncherFactory.create().execute(checks, listener);
    if (listener.getSummary().getTestsFoundCount() == 0) {
      System.err.println("-Dchat.checks names no check of this step.");
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

  /**
   * All of them; or with {@code -Dchat.checks=NamesTest,LimitsTest} these classes, and with {@code
   * LimitsTest#aPageFromElsewhereMayNotConnect} this check.
   */
  private static List<? extends DiscoverySelector> selected() {
    String names = System.getProperty("chat.checks");
    if (names == null) {
      return CHECKS.stream().map(check -> selectClass(check)).toList();
    }
    return Stream.of(names.split(",")).flatMap(TryOut::selected).toList();
  }

  private static Stream<DiscoverySelector> selected(String name) {
    String[] parts = name.strip().split("#");
    Class<?> type =
        CHECKS.stream()
            .filter(check -> check.getSimpleName().equals(parts[0]))
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException(parts[0]));
    if (parts.length == 1) {
      return Stream.of(selectClass(type));
    }
    return Stream.of(type.getDeclaredMethods())
        .filter(method -> method.getName().equals(parts[1]))
        .map(method -> selectMethod(type, method));
  }
}
