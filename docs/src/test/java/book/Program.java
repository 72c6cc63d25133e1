package book;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A step as a process of its own, in a folder of its own, so that its archive is its own too. */
final class Program implements AutoCloseable {

  /** Its name in the book; each picture has another one. */
  static final String USUAL_PICTURE = "123e4567-e89b-12d3-a456-426614174000.jpg";

  final Path folder;
  private final Process process;
  private final String says;
  private int port;
  private int chatPort;

  /**
   * Starts the step, or what a reader has after a rung ({@code 1.4}), in this folder; it takes free
   * ports, unless an option says otherwise.
   */
  Program(String step, Path folder, String... options) throws Exception {
    this.folder = folder;
    Path built = step.startsWith("step") ? Row.ROOT.resolve(step) : Typed.built(step);
    Path classes = built.resolve("target/classes");
    if (!Files.exists(classes)) {
      throw new AssertionError(step + " is not built: run mvn verify in the project's folder.");
    }
    Files.createDirectories(folder);
    Path errors = folder.resolveSibling(folder.getFileName() + " errors.txt");
    List<String> command = Jvm.command(List.of(classes));
    command.add("-Dport=0");
    command.addAll(List.of(options));
    command.add("chat.Main");
    process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectError(errors.toFile())
            .start();
    String line = process.inputReader().readLine();
    if (line == null) {
      process.waitFor();
      says = Files.readString(errors).strip();
    } else {
      says = line;
      port = number("http://[^:]+:([0-9]+)", line);
      chatPort = number("data-chat-port=\"([0-9]+)\"", page());
    }
  }

  private String page() throws Exception {
    HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + port)).build();
    return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
  }

  private static int number(String pattern, String text) {
    Matcher number = Pattern.compile(pattern).matcher(text);
    if (!number.find()) {
      throw new AssertionError("There is no " + pattern + " in: " + text);
    }
    return Integer.parseInt(number.group(1));
  }

  /** Its first line; the errors of one that did not start. */
  String says() {
    return says;
  }

  int port() {
    return running(port);
  }

  int chatPort() {
    return running(chatPort);
  }

  private int running(int value) {
    if (port == 0) {
      throw new AssertionError("The chat did not start: " + says);
    }
    return value;
  }

  /** The one file that it has written in its folder, beside the folder of pictures. */
  Path archive() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> all = files.filter(Files::isRegularFile).toList();
      if (all.size() != 1) {
        throw new AssertionError("The program wrote not one file, but " + all.size() + ".");
      }
      return all.get(0);
    }
  }

  /** With the ports of the book instead of its own. */
  String usualPorts(String text) {
    return port == 0
        ? text
        : text.replaceAll("\\b" + port + "\\b", "8080")
            .replaceAll("\\b" + chatPort + "\\b", "8081");
  }

  /** With its own ports instead of those of the book. */
  String ownPorts(String text) {
    return text.replaceAll("\\b8080\\b", String.valueOf(port()))
        .replaceAll("\\b8081\\b", String.valueOf(chatPort()));
  }

  /** With the name of the picture that it keeps instead of that of the book. */
  String ownPicture(String text) throws IOException {
    return text.contains(USUAL_PICTURE)
        ? text.replace(
            USUAL_PICTURE, Files.readString(folder.resolve("chat-pictures/index.txt")).strip())
        : text;
  }

  @Override
  public void close() {
    process.destroyForcibly(); // nothing of it is needed any more
    process.onExit().join();
  }
}
