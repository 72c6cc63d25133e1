package chat;

import java.io.File;
import java.util.ArrayList;
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

/** One real Chromium, headless unless {@code -Dheadless=false}, and its tabs. */
final class Browser implements AutoCloseable {

  /** Warns of new browsers and missing networks; held here, or the JDK forgets the level. */
  private static final Logger NOISE = Logger.getLogger("org.openqa.selenium");

  final ChromeDriver driver;
  private final String firstTab;

  Browser() {
    this(!System.getProperty("headless", "true").equals("false"));
  }

  Browser(boolean headless, String... moreArguments) {
    NOISE.setLevel(Level.SEVERE);
    useInstalledDriver();
    ChromeOptions options = new ChromeOptions();
    options.addArguments(
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync");
    options.addArguments(moreArguments);
    options.setExperimentalOption("excludeSwitches", List.of("enable-automation")); // no banner
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
    firstTab = driver.getWindowHandle();
  }

  /** Debian and Ubuntu install the driver; elsewhere Selenium looks for it, or fetches it. */
  private static void useInstalledDriver() {
    Stream.of(System.getenv("PATH").split(File.pathSeparator))
        .map(folder -> new File(folder, "chromedriver"))
        .filter(File::canExecute)
        .findFirst()
        .ifPresent(file -> System.setProperty("webdriver.chrome.driver", file.getPath()));
  }

  /** A new tab with the page, not yet in the chat; {@code user} is who sits in front of it. */
  Tab visit(String user, String address) {
    driver.switchTo().newWindow(WindowType.TAB);
    driver.get(address);
    return new Tab(this, user);
  }

  /** The page in the first tab, which fills an {@code --app} window. */
  Tab visitHere(String user, String address) {
    driver.get(address);
    return new Tab(this, user);
  }

  /** A new tab in the chat. */
  Tab open(String user, String address) {
    Tab tab = visit(user, address);
    tab.enter();
    return tab;
  }

  /** What the console of all tabs said since the last call: errors, 404s, policy violations. */
  List<String> complaints() {
    return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
        .map(LogEntry::toString)
        .toList();
  }

  void prefer(String colorScheme) {
    var feature = Map.of("name", "prefers-color-scheme", "value", colorScheme);
    driver.executeCdpCommand("Emulation.setEmulatedMedia", Map.of("features", List.of(feature)));
  }

  void closeTabs() {
    for (String tab : new ArrayList<>(driver.getWindowHandles())) {
      if (!tab.equals(firstTab)) {
        driver.switchTo().window(tab).close();
      }
    }
    driver.switchTo().window(firstTab);
  }

  @Override
  public void close() {
    driver.quit();
  }
}
