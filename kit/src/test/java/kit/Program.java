package kit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A step as a process of its own, started as a user starts it; or another's chat. */
public final class Program implements AutoCloseable {

  private final Path own; // a folder for all that it writes
  private final List<String> command;
  private final File folder;
  private final Process process;
  private final BufferedReader out;
  private final Path errors;
  private String firstLine;

  private Program(Path own, List<String> command, File folder) throws IOException {
    this.own = own;
    this.command = command;
    this.folder = folder;
    errors = own.resolve("errors.txt");
    process = new ProcessBuilder(command).directory(folder).redirectError(errors.toFile()).start();
    out = process.inputReader();
  }

  /**
   * {@code java chat.Main} with these options. Without others it takes free ports, and an archive
   * and pictures that are thrown away.
   */
  public static Program java(String... options) throws IOException {
    Path own = Files.createTempDirectory("chat");
    return new Program(own, javaCommand(own, options), null);
  }

  /**
   * The same, with a limit of the system: {@code -f 4}, and no file that it writes may grow beyond
   * 4 KiB, like a disk that is full; {@code -n 150}, and it may have 150 files and connections.
   */
  static Program limited(String limit, String... options) throws IOException {
    List<String> command = new ArrayList<>();
    command.addAll(List.of("bash", "-c", "ulimit " + limit + "; exec \"$@\"", "bash"));
    Path own = Files.createTempDirectory("chat");
    command.addAll(javaCommand(own, options));
    return new Program(own, command, null);
  }

  /** It can create files, and write nothing into them, not even what it says about errors. */
  static Program withFullDisk() throws IOException {
    return limited("-f 0");
  }

  /** Anybody's chat, started with {@code -Dchat.start="python3 chat.py"}. */
  static Program foreign(String start) throws IOException {
    boolean isWindows = System.getProperty("os.name").startsWith("Windows");
    List<String> shell = isWindows ? List.of("cmd", "/c", start) : List.of("sh", "-c", start);
    return new Program(Files.createTempDirectory("chat"), shell, null).draining();
  }

  /** The article's chat, in this folder. */
  static Program node(File folder) throws IOException {
    List<String> command = List.of("env", "PORT=0", "node", "server.js");
    return new Program(Files.createTempDirectory("chat"), command, folder);
  }

  ProcessHandle handle() {
    return process.toHandle();
  }

  /** Started once more, with the same command and files; the first one must have ended. */
  Program again() throws IOException {
    return new Program(own, command, folder);
  }

  /** Reads all that it prints, or it would stop when the pipe is full; it ends with the kit. */
  Program draining() {
    Waiting.inOwnThread(this::drain);
    Runtime.getRuntime().addShutdownHook(new Thread(this::destroy));
    return this;
  }

  private static List<String> javaCommand(Path own, String... options) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-cp");
    command.add(classPath());
    command.add("-XX:TieredStopAtLevel=1"); // it lives for a moment only
    command.add("-XX:+UseSerialGC");
    command.add("-XX:-UsePerfData"); // writes no file of its own
    command.add("-Dport=0");
    command.addAll(archiveIn(own));
    command.addAll(List.of(options));
    command.add("chat.Main");
    return command;
  }

  /**
   * Of the program that runs us: Surefire, Maven's exec plugin with a class loader of its own, or
   * an IDE.
   */
  private static String classPath() {
    if (Thread.currentThread().getContextClassLoader() instanceof URLClassLoader loader) {
      return Stream.of(loader.getURLs())
          .map(url -> Path.of(URI.create(url.toString())).toString())
          .collect(Collectors.joining(File.pathSeparator));
    }
    String ofSurefire = System.getProperty("surefire.test.class.path");
    return ofSurefire == null ? System.getProperty("java.class.path") : ofSurefire;
  }

  /** The README's command, typed in the folder above this step. */
  static Program maven() throws IOException {
    File step = new File("").getAbsoluteFile();
    String mvn = System.getProperty("os.name").startsWith("Windows") ? "mvn.cmd" : "mvn";
    String home = System.getProperty("maven.home");
    List<String> command = new ArrayList<>();
    command.add(home == null ? mvn : Path.of(home, "bin", mvn).toString());
    Path own = Files.createTempDirectory("chat");
    command.addAll(List.of("-q", "-f", step.getName(), "-Dport=0"));
    command.addAll(archiveIn(own));
    if (System.getProperty("maven.repo.local") != null) {
      command.add("-Dmaven.repo.local=" + System.getProperty("maven.repo.local"));
    }
    return new Program(own, command, step.getParentFile());
  }

  /**
   * A port that is free, as is the next one, for a program that shall be started there twice. Not
   * one of those that the system gives out by itself: it could give the next one to anybody.
   */
  static int freePort() throws IOException {
    while (true) {
      int port = ThreadLocalRandom.current().nextInt(10_000, 30_000);
      InetAddress localhost = InetAddress.getByName("localhost");
      try (ServerSocket one = new ServerSocket(port, 1, localhost);
          ServerSocket next = new ServerSocket(port + 1, 1, localhost)) {
        return Math.min(one.getLocalPort(), next.getLocalPort());
      } catch (BindException e) {
        // try another
      }
    }
  }

  /** Settings of later steps too: a step does not look at those that it does not know. */
  private static List<String> archiveIn(Path own) {
    return List.of(
        "-Dhistory.file=" + own.resolve("archive.jsonl"),
        "-Dpictures.folder=" + own.resolve("pictures"));
  }

  /** The line that it prints when it is ready. */
  String firstLine() throws IOException {
    if (firstLine == null) {
      firstLine = out.readLine();
    }
    assertThat(firstLine).as("the first line; errors: " + errors()).isNotNull();
    return firstLine;
  }

  /** All addresses in that line; the first is for this machine. */
  List<String> addresses() throws IOException {
    return Pattern.compile("http://\\S+")
        .matcher(firstLine())
        .results()
        .map(MatchResult::group)
        .toList();
  }

  public Subject subject() throws Exception {
    return Subject.at(addresses().get(0));
  }

  /** Whether a shell has started us so that SIGINT is ignored; our programs inherit that. */
  static boolean ignoresCtrlC() throws IOException {
    Path status = Path.of("/proc/self/status"); // there is none on other systems than Linux
    return Files.exists(status)
        && Files.readAllLines(status).stream()
            .filter(line -> line.startsWith("SigIgn:"))
            .anyMatch(line -> (Long.parseUnsignedLong(line.substring(7).strip(), 16) & 2) != 0);
  }

  /** Asks it to stop (SIGTERM, or SIGINT as Ctrl-C does), and returns its exit code. */
  int stop(String signal) throws Exception {
    signal(signal);
    return awaitExit();
  }

  void signal(String signal) throws Exception {
    new ProcessBuilder("kill", "-" + signal, String.valueOf(process.pid())).start().waitFor();
  }

  /** Says what it has printed about errors, if it has ended. */
  void checkRunning() throws IOException {
    if (!process.isAlive()) {
      throw new IllegalStateException(
          "The chat has ended with the exit code %d:%n%s".formatted(process.exitValue(), errors()));
    }
  }

  int awaitExit() throws Exception {
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("the program to end").isTrue();
    return process.exitValue();
  }

  /** Reads what it prints until a line has this in it. */
  void awaitLine(String part) throws IOException {
    String line = out.readLine();
    while (line != null && !line.contains(part)) {
      line = out.readLine();
    }
    assertThat(line).as("a line with " + part).isNotNull();
  }

  /** Reads that many lines more, if there are as many before its first line of ours. */
  void skip(int lines) throws IOException {
    for (int i = 0; i < lines; i++) {
      String line = out.readLine();
      if (line == null || line.startsWith("Open")) {
        return;
      }
    }
  }

  /** Everything that it has printed; waits for its end. */
  String output() {
    String rest = String.join("\n", out.lines().toList());
    return withoutColours(firstLine == null ? rest : firstLine + "\n" + rest);
  }

  /** Reads to the end of what it prints. */
  void drain() {
    out.lines().forEach(line -> {});
  }

  String errors() throws IOException {
    return withoutColours(Files.readString(errors));
  }

  /** Maven ends all that it prints with the sign for "no colour". */
  private static String withoutColours(String text) {
    return text.replace("\u001b[0m", "").strip();
  }

  /** Ends it at once, as {@code kill -9} does. */
  void kill() throws Exception {
    destroy();
    process.waitFor();
  }

  private void destroy() {
    process.descendants().forEach(ProcessHandle::destroyForcibly); // of a shell
    process.toHandle().destroyForcibly(); // leaves its output to be read
  }

  @Override
  public void close() throws IOException {
    destroy();
    process.onExit().join(); // from here on it writes nothing
    try (Stream<Path> files = Files.walk(own)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
