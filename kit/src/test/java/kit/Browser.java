package kit;

import java.io.File;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.openqa.selenium.WindowType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** A Chromium with as many tabs as users; headless unless {@code -Dheadless=false}. */
public final class Browser implements AutoCloseable {

  /** Warns of new browsers and missing networks; held here, or the JDK forgets the level. */
  private static final Logger NOISE = Logger.getLogger("org.openqa.selenium");

  final ChromeDriver driver;
  private final Deque<String> unused = new ArrayDeque<>(); // handles of tabs
  private String shown = ""; // handle of the tab that the driver speaks to

  Browser() {
    this(!System.getProperty("headless", "true").equals("false"));
  }

  Browser(boolean headless, String... moreArguments) {
    this(headless, List.of(), moreArguments);
  }

  /**
   * Slows down the pages that nobody sees, as a user's browser does; the others here do not: their
   * driver asks for that.
   */
  static Browser asOfAUser() {
    List<String> without =
        List.of("disable-background-timer-throttling", "disable-renderer-backgrounding");
    return new Browser(true, without);
  }

  private Browser(boolean headless, List<String> without, String... moreArguments) {
    NOISE.setLevel(Level.SEVERE);
    useInstalledDriver();
    ChromeOptions options = new ChromeOptions();
    options.addArguments(
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--use-fake-device-for-media-stream", // a camera that shows a clock
        "--use-fake-ui-for-media-stream"); // nobody is asked whether it may be used
    options.addArguments(moreArguments);
    List<String> excluded = new ArrayList<>(without);
    excluded.add("enable-automation"); // no banner
    options.setExperimentalOption("excludeSwitches", excluded);
    if (headless) {
      options.addArguments("--headless=new");
    }
    if (System.getProperty("user.name").equals("root")) {
      options.addArguments("--no-sandbox"); // Chromium refuses to run its sandbox as root
    }
    LoggingPreferences everything = new LoggingPreferences();
    everything.enable(LogType.BROWSER, Level.ALL);
    options.setCapability("goog:loggingPrefs", everything);
    driver = new ChromeDriver(options);
    unused.add(driver.getWindowHandle());
  }

  /** Debian and Ubuntu install the driver; elsewhere Selenium looks for it, or fetches it. */
  private static void useInstalledDriver() {
    Stream.of(System.getenv("PATH").split(File.pathSeparator))
        .map(folder -> new File(folder, "chromedriver"))
        .filter(File::canExecute)
        .findFirst()
        .ifPresent(file -> System.setProperty("webdriver.chrome.driver", file.getPath()));
  }

  /** A tab with the page, as if for the first time; {@code user} is who sits in front of it. */
  Tab visit(String user, Object page) {
    if (unused.isEmpty()) {
      driver.switchTo().newWindow(WindowType.TAB);
      shown = driver.getWindowHandle();
    } else {
      show(unused.pop());
    }
    Object script =
        driver
            .executeCdpCommand(
                "Page.addScriptToEvaluateOnNewDocument", Map.of("source", "sessionStorage.clear()"))
            .get("identifier");
    driver.get(page.toString());
    driver.executeCdpCommand(
        "Page.removeScriptToEvaluateOnNewDocument", Map.of("identifier", script));
    return new Tab(this, user, shown);
  }

  /** Speaks to this tab from now on. */
  void show(String tab) {
    if (!shown.equals(tab)) {
      driver.switchTo().window(tab);
      shown = tab;
    }
  }

  /** Closes the tab that is shown, as its user would. */
  void closeShown() {
    driver.close();
    shown = "";
  }

  /** A tab in the chat. */
  Tab join(String user, Object page) {
    Tab tab = visit(user, page);
    tab.enter();
    return tab;
  }

  /** What the console of all tabs said since the last call: errors, 404s, policy violations. */
  List<String> complaints() {
    return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
        .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
        .map(LogEntry::toString)
        .toList();
  }

  /** The colours that all pages in the current tab are asked for: {@code light} or {@code dark}. */
  void prefer(String colorScheme) {
    var feature = Map.of("name", "prefers-color-scheme", "value", colorScheme);
    driver.executeCdpCommand("Emulation.setEmulatedMedia", Map.of("features", List.of(feature)));
  }

  /** Sends all tabs away from the page, so that its users have left; the next users take them. */
  void leave() {
    for (String tab : driver.getWindowHandles()) {
      if (!unused.contains(tab)) {
        show(tab);
        driver.executeCdpCommand("Emulation.clearDeviceMetricsOverride", Map.of());
        driver.executeCdpCommand("Emulation.setEmulatedMedia", Map.of("features", List.of()));
        driver.get("about:blank");
        unused.add(tab);
      }
    }
  }

  @Override
  public void close() {
    driver.quit();
  }
}
