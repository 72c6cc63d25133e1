package book;

import book.Page.Claim;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Plays the blocks of a page that show a talk, bytes, a session with the kit's wire, a request, a
 * console or an archive. A block is its own script: what it sends is sent, and what it receives is
 * what really comes. One program of each step serves all blocks of a page, in their order.
 */
final class Scripts implements AutoCloseable {

  static final Set<String> KINDS = Set.of("talk", "bytes", "wire", "http", "console", "archive");

  private static final Path FOLDER = Path.of("target", "scripts").toAbsolutePath();
  static final HexFormat HEX = HexFormat.ofDelimiter(" ");
  private static final int PATIENCE = 10_000; // milliseconds until what should come comes not

  /** A step's name; for a console, what is special about this start. */
  private static final Pattern CONSOLE =
      Pattern.compile("(\\S+?)(, a second time| with the line \"(.*)\")?");

  private final Path folder;
  private final Map<String, Program> programs = new HashMap<>(); // by step
  private final Map<String, Talk> talks = new HashMap<>(); // by step

  private Scripts(Page page) {
    folder = FOLDER.resolve(page.name().replaceFirst(".*/", ""));
  }

  /** Plays a page; for each of its scripts what it should say, or what went wrong. */
  static Map<Claim, Callable<String>> play(Page page) {
    Map<Claim, Callable<String>> truths = new LinkedHashMap<>();
    try (Scripts scripts = new Scripts(page)) {
      for (Claim claim : page.claims()) {
        if (KINDS.contains(claim.kind())) {
          try {
            String truth = scripts.truth(claim);
            truths.put(claim, () -> truth);
          } catch (Exception | AssertionError problem) {
            String place = claim.page() + ":" + claim.first() + ": ";
            truths.put(
                claim,
                () -> {
                  throw new AssertionError(place + problem.getMessage(), problem);
                });
          }
        }
      }
    }
    return truths;
  }

  private String truth(Claim claim) throws Exception {
    String[] words = claim.source().split(" ", 2);
    List<String> lines = claim.text().lines().toList();
    return switch (claim.kind()) {
      case "talk" ->
          talks.computeIfAbsent(words[0], any -> new Talk()).play(program(words[0]), lines);
      case "bytes" -> bytes(program(words[0]), lines);
      case "wire" -> wire(program(words[0]), List.of(words).subList(1, words.length), lines);
      case "http" -> http(program(words[0]), words[1].equals("page"), lines);
      case "console" -> console(claim.source());
      default -> usualValues(Files.readString(program(words[0]).archive()));
    };
  }

  private Program program(String step) throws Exception {
    if (!programs.containsKey(step)) {
      programs.put(step, new Program(step, emptyFolder(step)));
    }
    return programs.get(step);
  }

  private Path emptyFolder(String name) throws IOException {
    Build.delete(folder.resolve(name));
    return Files.createDirectories(folder.resolve(name));
  }

  private String console(String source) throws Exception {
    Matcher parts = CONSOLE.matcher(source);
    if (!parts.matches()) {
      throw new AssertionError("Nobody knows how to start: " + source);
    }
    String step = parts.group(1);
    Program first = program(step);
    if (parts.group(2) == null) {
      return first.usualPorts(first.says()) + "\n";
    }
    Path second = emptyFolder(step + " again");
    String port = "-Dport=0";
    if (parts.group(3) == null) {
      port = "-Dport=" + first.port();
    } else {
      String archive = Files.readString(first.archive()) + parts.group(3) + "\n";
      Files.writeString(second.resolve(first.archive().getFileName()), archive);
    }
    try (Program again = new Program(step, second, port)) {
      return again.usualPorts(first.usualPorts(again.says())) + "\n";
    }
  }

  /** Frames on a connection whose opening handshake is done. */
  private static String bytes(Program program, List<String> lines) throws IOException {
    List<String> truth = new ArrayList<>();
    try (Socket socket = connect(program.chatPort())) {
      DataInputStream in = new DataInputStream(socket.getInputStream());
      String handshake =
          """
          GET / HTTP/1.1
          Host: localhost:8081
          Connection: Upgrade
          Upgrade: websocket
          Sec-WebSocket-Version: 13
          Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==

          """;
      send(socket, program.ownPorts(handshake).lines().toList());
      head(in);
      for (String line : lines) {
        Matcher parts = Pattern.compile("((browser|server) to \\w+ +)(.+)").matcher(line);
        if (!parts.matches()) {
          throw new AssertionError("This is no line of bytes: " + line);
        }
        if (parts.group(2).equals("browser")) {
          socket.getOutputStream().write(HEX.parseHex(parts.group(3)));
          truth.add(line);
        } else {
          truth.add(parts.group(1) + frame(in));
        }
      }
    }
    return text(truth);
  }

  /** A server does not mask, so behind the length is the payload (RFC 6455, 5.2). */
  private static String frame(DataInputStream in) throws IOException {
    ByteArrayOutputStream frame = new ByteArrayOutputStream();
    frame.writeBytes(in.readNBytes(2));
    int length = frame.toByteArray()[1];
    if (length == 126) {
      byte[] longer = in.readNBytes(2);
      frame.writeBytes(longer);
      length = (longer[0] & 0xff) << 8 | longer[1] & 0xff;
    }
    frame.writeBytes(in.readNBytes(length));
    return HEX.formatHex(frame.toByteArray());
  }

  private static String wire(Program program, List<String> settings, List<String> lines)
      throws Exception {
    try (Terminal terminal = new Terminal(program, settings)) {
      return text(
          terminal.play(lines).stream()
              .map(program::usualPorts)
              .map(Scripts::usual)
              .map(Scripts::usualValues)
              .toList());
    }
  }

  /** A request, an empty line, the head of the answer; of the answer, its first line is enough. */
  private static String http(Program program, boolean page, List<String> lines) throws IOException {
    int empty = lines.indexOf("");
    if (empty < 1) {
      throw new AssertionError("This is no request, empty line, answer.");
    }
    List<String> truth = new ArrayList<>(lines.subList(0, empty + 1));
    try (Socket socket = connect(page ? program.port() : program.chatPort())) {
      List<String> request = new ArrayList<>();
      for (String line : truth) {
        request.add(program.ownPicture(program.ownPorts(line)));
      }
      send(socket, request);
      List<String> head = head(new DataInputStream(socket.getInputStream()));
      truth.add(head.get(0));
      if (lines.size() != truth.size()) {
        head.stream()
            .skip(1)
            .sorted()
            .map(program::usualPorts)
            .map(Scripts::usual)
            .forEach(truth::add);
      }
    }
    return text(truth);
  }

  private static Socket connect(int port) throws IOException {
    Socket socket = new Socket(InetAddress.getByName("localhost"), port);
    socket.setSoTimeout(PATIENCE);
    return socket;
  }

  private static void send(Socket socket, List<String> lines) throws IOException {
    String request = String.join("\r\n", lines) + "\r\n";
    socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
  }

  private static List<String> head(DataInputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (!head.toString().endsWith("\r\n\r\n")) {
      head.append((char) in.readUnsignedByte());
    }
    return head.toString().strip().lines().toList();
  }

  private static String usual(String header) {
    return header
        .replaceFirst("^(received +)?Date: .+", "$1Date: Tue, 24 Nov 2026 09:30:00 GMT")
        .replaceFirst("^Content-length: [1-9].*", "Content-length: …");
  }

  /** Times, delays, the random names of pictures; what was measured before is left out. */
  static String usualValues(String text) {
    String usual =
        text.replaceAll("\"measured\":\\[.*]", "\"measured\":[…]")
            .replaceAll("\"at\":\"[^\"]+\"", "\"at\":\"2026-11-24T09:30:00.125Z\"")
            .replaceAll("[0-9a-f-]{36}[.]jpg", Program.USUAL_PICTURE);
    return Pattern.compile("\"delay\":\\{[^}]*}")
        .matcher(usual)
        .replaceAll(delays -> delays.group().replaceAll(":[0-9][0-9.E-]*", ":0.4"));
  }

  static String text(List<String> lines) {
    return String.join("\n", lines) + "\n";
  }

  @Override
  public void close() {
    programs.values().forEach(Program::close);
  }
}
