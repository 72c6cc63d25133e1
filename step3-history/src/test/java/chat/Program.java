package chat;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** This step as a process of its own, started as a user starts it. */
final class Program implements AutoCloseable {

  private final Process process;
  private final BufferedReader out;
  private final Path errors;
  private String firstLine;

  private Program(List<String> command, File folder) throws IOException {
    errors = Files.createTempFile("errors", ".txt");
    process = new ProcessBuilder(command).directory(folder).redirectError(errors.toFile()).start();
    out = process.inputReader();
  }

  /** {@code java chat.Main} with these options; without a port among them, it takes a free one. */
  static Program java(String... options) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-cp");
    command.add(
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    command.add("-Dport=0");
    command.add("-Dhistory=0");
    command.addAll(List.of(options));
    command.add("chat.Main");
    return new Program(command, null);
  }

  /** The README's command, typed in the folder above this step. */
  static Program maven(String... options) throws IOException {
    File step = new File("").getAbsoluteFile();
    String mvn = System.getProperty("os.name").startsWith("Windows") ? "mvn.cmd" : "mvn";
    String home = System.getProperty("maven.home");
    List<String> command = new ArrayList<>();
    command.add(home == null ? mvn : Path.of(home, "bin", mvn).toString());
    command.addAll(List.of("-q", "-f", step.getName(), "-Dport=0"));
    command.addAll(List.of(options));
    if (System.getProperty("maven.repo.local") != null) {
      command.add("-Dmaven.repo.local=" + System.getProperty("maven.repo.local"));
    }
    return new Program(command, step.getParentFile());
  }

  /** The addresses of the page, from the one line that the program prints when it is ready. */
  List<String> addresses() throws IOException {
    if (firstLine == null) {
      firstLine = out.readLine();
    }
    assertThat(firstLine).as("the first line; errors: " + errors()).isNotNull();
    return Pattern.compile("http://\\S+")
        .matcher(firstLine)
        .results()
        .map(MatchResult::group)
        .toList();
  }

  String address() throws IOException {
    return addresses().get(0);
  }

  /** Where this program's page says that its chat is. */
  URI webSocket() throws Exception {
    HttpRequest request = HttpRequest.newBuilder(URI.create(address())).build();
    String page = HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
    Matcher port = Pattern.compile("data-chat-port=\"([0-9]+)\"").matcher(page);
    assertThat(port.find()).as(page).isTrue();
    return URI.create("ws://127.0.0.1:" + port.group(1) + "/");
  }

  /** Asks it to stop (SIGTERM, or SIGINT as Ctrl-C does), and returns its exit code. */
  int stop(String signal) throws Exception {
    new ProcessBuilder("kill", "-" + signal, String.valueOf(process.pid())).start().waitFor();
    return awaitExit();
  }

  int awaitExit() throws Exception {
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("the program to end").isTrue();
    return process.exitValue();
  }

  /** Everything that it has printed; waits for its end. */
  String output() {
    String rest = String.join("\n", out.lines().toList());
    String all = firstLine == null ? rest : firstLine + "\n" + rest;
    return withoutColours(all);
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
    process.toHandle().destroyForcibly(); // leaves its output to be read
    process.waitFor();
  }

  @Override
  public void close() throws IOException {
    process.destroyForcibly();
    Files.deleteIfExists(errors);
  }
}
