package book;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The Java that runs this test, and its libraries, for programs beside it. */
final class Jvm {

  private Jvm() {}

  /** {@code java} with these folders, then all libraries; without the classes of this module. */
  static List<String> command(List<Path> folders) {
    String libraries =
        Stream.of(classPath().split(File.pathSeparator))
            .filter(entry -> entry.endsWith(".jar"))
            .collect(Collectors.joining(File.pathSeparator));
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:TieredStopAtLevel=1"); // it lives for a moment only
    command.add("-XX:+UseSerialGC");
    command.add("-cp");
    command.add(join(folders) + File.pathSeparator + libraries);
    return command;
  }

  static String join(List<Path> folders) {
    return folders.stream()
        .map(folder -> folder.toAbsolutePath().toString())
        .collect(Collectors.joining(File.pathSeparator));
  }

  /** Of the tests; Surefire hides it behind a jar of its own. */
  static String classPath() {
    return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
  }
}
