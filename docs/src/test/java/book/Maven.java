package book;

import java.nio.file.Path;
import java.util.List;

/** The Maven that runs this build, for builds inside it. */
final class Maven {

  private Maven() {}

  static String command() {
    String mvn = System.getProperty("os.name").startsWith("Windows") ? "mvn.cmd" : "mvn";
    String home = System.getProperty("maven.home");
    return home == null ? mvn : Path.of(home, "bin", mvn).toString();
  }

  static List<String> settings() {
    String local = System.getProperty("maven.repo.local");
    return local == null ? List.of() : List.of("-Dmaven.repo.local=" + local);
  }
}
