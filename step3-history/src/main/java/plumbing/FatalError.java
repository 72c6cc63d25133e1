package plumbing;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * Ends the program after an {@code Error} such as {@code OutOfMemoryError}. A thread that the chat
 * needs may be gone then: a program that serves the page and answers no message would be worse than
 * none. The user or a supervisor starts it again.
 */
final class FatalError {

  static final int EXIT_CODE = 70; // EX_SOFTWARE of sysexits.h

  private FatalError() {}

  /**
   * Lets every thread of the program end it when an Error ends the thread. Loads all classes that
   * stand beside this one now: while the system lets the program open no file, none could be
   * loaded.
   */
  static void watchAllThreads(Class<?> one) {
    loadClassesBeside(one);
    Thread.setDefaultUncaughtExceptionHandler(
        (thread, problem) -> {
          if (isFatal(problem)) {
            exit(problem);
          }
          problem.printStackTrace();
        });
  }

  private static void loadClassesBeside(Class<?> one) {
    try {
      Path root = Path.of(one.getProtectionDomain().getCodeSource().getLocation().toURI());
      try (Stream<Path> files = Files.walk(root)) {
        for (Path file : files.filter(found -> found.toString().endsWith(".class")).toList()) {
          String name = root.relativize(file).toString().replaceAll("[/\\\\]", ".");
          Class.forName(name.replaceFirst("[.]class$", ""), false, one.getClassLoader());
        }
      }
    } catch (IOException | URISyntaxException | ClassNotFoundException e) {
      // they are in a jar, which stays open
    }
  }

  /** Whether the virtual machine cannot go on safely. A failed assertion of a test is not fatal. */
  static boolean isFatal(Throwable problem) {
    return problem instanceof VirtualMachineError || problem instanceof LinkageError;
  }

  /** Says so in one sentence, as far as that is still possible. */
  static void exit(Throwable problem) {
    try {
      System.err.println("The chat had to stop: " + problem + ". Start it again.");
    } finally {
      Runtime.getRuntime().halt(EXIT_CODE); // shutdown hooks might wait for ever
    }
  }
}
