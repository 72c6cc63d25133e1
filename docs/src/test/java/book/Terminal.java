package book;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A session with {@code kit.Wire}: {@code > Hello} is typed, {@code > Ctrl-D} ends the input, all
 * other lines are printed. A block that begins with what is typed leaves out the handshake.
 */
final class Terminal implements AutoCloseable {

  private static final int PATIENCE = 10; // seconds

  private final Process process;
  private final BufferedReader screen;
  private final PrintWriter keyboard;

  /** Starts it beside this program, with one more setting if there is one. */
  Terminal(Program program, List<String> settings) throws IOException {
    List<String> command = Jvm.command(List.of(Build.kit()));
    command.add("-Dfile.encoding=UTF-8"); // of what is typed, and up to Java 17 of what is printed
    command.add("-Dstdout.encoding=UTF-8");
    command.add("-Dwire.mask=37fa213d");
    command.add("-Dchat.ws=ws://localhost:" + program.chatPort() + "/");
    settings.forEach(setting -> command.add("-D" + program.ownPorts(setting)));
    command.add("kit.Wire");
    process = new ProcessBuilder(command).redirectErrorStream(true).start();
    screen = process.inputReader(StandardCharsets.UTF_8);
    keyboard = new PrintWriter(process.outputWriter(StandardCharsets.UTF_8), true);
  }

  /** The same lines, but what is printed is what really was; it ends where the program does. */
  List<String> play(List<String> lines) throws Exception {
    List<String> truth = new ArrayList<>();
    if (lines.get(0).startsWith("> ")) {
      for (String line = ""; line != null && !line.startsWith("Type "); ) {
        line = printed("the end of the handshake");
      }
    }
    for (String line : lines) {
      String fact = line;
      if (line.equals("> Ctrl-D")) {
        keyboard.close();
      } else if (line.startsWith("> ")) {
        keyboard.println(line.substring(2));
      } else {
        fact = printed(line);
      }
      if (fact != null) {
        truth.add(fact);
      }
    }
    return truth;
  }

  private String printed(String expected) throws Exception {
    try {
      // In a thread of its own: the common pool may have only one, which must not wait.
      return CompletableFuture.supplyAsync(this::nextLine, work -> new Thread(work).start())
          .get(PATIENCE, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new AssertionError(
          "Nothing is printed for " + PATIENCE + " seconds, instead of: " + expected);
    }
  }

  private String nextLine() {
    try {
      return screen.readLine();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
    process.onExit().join();
  }
}
