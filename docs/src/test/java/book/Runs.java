package book;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What the programs print and send, by the name that the book gives to it. Every step runs once, by
 * its own command. What differs from run to run is replaced: ports, dates, times, nonces.
 */
final class Runs {

  private static final Path FOLDER = Path.of("target").toAbsolutePath();
  private static Map<String, String> texts;

  private Runs() {}

  static String text(String name) throws Exception {
    if (name.equals("node checklist")) {
      return NodeOriginal.checklist();
    }
    if (texts == null) {
      texts = new TreeMap<>();
      step1();
      step2();
      step3();
    }
    if (!texts.containsKey(name)) {
      throw new AssertionError("There is no run \"" + name + "\", only " + texts.keySet() + ".");
    }
    return texts.get(name);
  }

  private static void step1() throws Exception {
    try (Running chat = new Running("step1-basic-relay")) {
      texts.put("step1 start", chat.usual(chat.line + "\n"));
      texts.put(
          "step1 second start", chat.usual(run("step1-basic-relay", "-Dport=" + chat.port) + "\n"));
      try (Raw page = new Raw(chat.port)) {
        String request = "GET / HTTP/1.1\r\nHost: localhost:" + chat.port + "\r\n\r\n";
        page.send(request);
        texts.put("step1 page", chat.usual(request + sorted(page.head())));
      }
      try (Raw browser = new Raw(chat.chatPort)) {
        String request =
            String.join(
                "\r\n",
                "GET / HTTP/1.1",
                "Host: localhost:" + chat.chatPort,
                "Origin: http://localhost:" + chat.port,
                "Connection: Upgrade",
                "Upgrade: websocket",
                "Sec-WebSocket-Version: 13",
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
                "\r\n");
        browser.send(request);
        texts.put("step1 handshake", chat.usual(request + browser.head()));
        String hello = "81 85 37 fa 21 3d 7f 9f 4d 51 58"; // RFC 6455, section 5.7
        browser.sendHex(hello);
        texts.put(
            "step1 frames",
            "browser to server  " + hello + "\nserver to browser  " + browser.frame() + "\n");
        String tooLong = "81 fe 40 01 00 00 00 00";
        browser.sendHex(tooLong);
        texts.put(
            "step1 too long",
            "browser to server  " + tooLong + "\nserver to browser  " + browser.frame() + "\n");
      }
      try (Raw foreign = new Raw(chat.chatPort)) {
        foreign.send(
            "GET / HTTP/1.1\r\nHost: localhost\r\nOrigin: http://evil.example\r\n"
                + "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
        texts.put("step1 foreign page", foreign.head().lines().findFirst().orElse("") + "\n");
      }
    }
  }

  private static void step2() throws Exception {
    try (Running chat = new Running("step2-usernames")) {
      Talk talk = new Talk(chat);
      talk.say("Ann", "Ann").hear("Ann");
      talk.say("Boris", "Boris").hear("Ann").hear("Boris");
      talk.say("Ann", "Hi").hear("Ann").hear("Boris");
      talk.close("Boris").hear("Ann");
      texts.put("step2 talk", talk.text());
      Talk refused = new Talk(chat);
      refused.say("1st", "ANN").hear("1st");
      refused.say("2nd", "\u202ennA").hear("2nd");
      texts.put("step2 refusals", refused.text().replace("\u202e", "\\u202e"));
    }
  }

  private static void step3() throws Exception {
    Files.createDirectories(FOLDER);
    Path archive = Files.createTempDirectory(FOLDER, "archive").resolve("chat-history.jsonl");
    try (Running chat = new Running("step3-history", "-Dhistory.file=" + archive)) {
      Talk talk = new Talk(chat);
      talk.say("Ann", "Ann").hear("Ann");
      talk.say("Ann", "Is anybody here?").hear("Ann");
      talk.say("Ann", "I wait.").hear("Ann");
      talk.say("Boris", "Boris").hear("Ann").hear("Boris");
      talk.say("Boris", "Now I am.").hear("Boris").hear("Ann");
      texts.put("step3 talk", talk.text());
    }
    texts.put("step3 archive", usualTimes(Files.readString(archive)));
    Files.writeString(archive, Files.readString(archive) + "Dear diary,\n");
    String error = run("step3-history", "-Dport=0", "-Dhistory.file=" + archive);
    texts.put("step3 foreign line", error.replace(archive.toString(), "chat-history.jsonl") + "\n");
  }

  private static String usualTimes(String text) {
    return text.replaceAll("\"at\":\"[^\"]+\"", "\"at\":\"2026-11-24T09:30:00.125Z\"");
  }

  private static String sorted(String head) {
    List<String> lines = head.lines().toList();
    return lines.get(0)
        + "\r\n"
        + lines.stream().skip(1).sorted().collect(Collectors.joining("\r\n"))
        + "\r\n";
  }

  /** Runs a step that must fail; what it says to standard error. */
  private static String run(String step, String... settings) throws Exception {
    Path errors = Files.createTempFile("errors", ".txt");
    Process process = start(step, errors, settings);
    process.getInputStream().readAllBytes();
    if (process.waitFor() == 0) {
      throw new AssertionError(step + " should not have started");
    }
    String text = Files.readString(errors).replace("\u001b[0m", "").strip();
    Files.delete(errors);
    return text;
  }

  private static Process start(String step, Path errors, String... settings) throws IOException {
    List<String> command = new ArrayList<>(List.of(Maven.command(), "-q", "-f", step));
    command.addAll(Maven.settings());
    command.addAll(List.of(settings));
    return new ProcessBuilder(command)
        .directory(Row.ROOT.toFile())
        .redirectError(errors.toFile())
        .start();
  }

  /** A step that runs, started by the README's command on free ports. */
  private static final class Running implements AutoCloseable {

    final String line;
    final int port;
    final int chatPort;
    private final Process process;

    Running(String step, String... settings) throws Exception {
      Path errors = Files.createTempFile("errors", ".txt");
      List<String> all = new ArrayList<>(List.of("-Dport=0"));
      all.addAll(List.of(settings));
      if (step.startsWith("step3") && settings.length == 0) {
        all.add("-Dhistory=0");
      }
      process = start(step, errors, all.toArray(String[]::new));
      line = process.inputReader().readLine();
      if (line == null) {
        throw new AssertionError(step + " does not start: " + Files.readString(errors));
      }
      Matcher address = Pattern.compile("http://localhost:([0-9]+)").matcher(line);
      address.find();
      port = Integer.parseInt(address.group(1));
      try (Raw raw = new Raw(port)) {
        raw.send("GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        String page = new String(raw.in.readAllBytes(), StandardCharsets.UTF_8);
        Matcher chat = Pattern.compile("data-chat-port=\"([0-9]+)\"").matcher(page);
        chat.find();
        chatPort = Integer.parseInt(chat.group(1));
      }
    }

    /** With the usual ports, and one and the same date, nonce and length of the page. */
    String usual(String text) {
      return text.replace("\r\n", "\n")
          .replace(String.valueOf(port), "8080")
          .replace(String.valueOf(chatPort), "8081")
          .replaceAll("Date: .+", "Date: Tue, 24 Nov 2026 09:30:00 GMT")
          .replaceAll("nonce-[0-9a-f-]+", "nonce-0f8e…")
          .replaceAll("Content-length: [0-9]+", "Content-length: …");
    }

    @Override
    public void close() {
      process.destroy();
      process.onExit().join();
    }
  }

  /** Several users, each with a connection; who sent what, who received what. */
  private static final class Talk {

    private final Running chat;
    private final Map<String, User> users = new TreeMap<>();
    private final StringBuilder text = new StringBuilder();

    Talk(Running chat) {
      this.chat = chat;
    }

    Talk say(String user, String message) throws Exception {
      users.computeIfAbsent(user, any -> new User(chat.chatPort)).say(message);
      text.append("%-6s> %s%n".formatted(user, message).replace("\r", ""));
      return this;
    }

    Talk hear(String user) throws Exception {
      text.append("%-6s< %s%n".formatted(user, users.get(user).hear()).replace("\r", ""));
      return this;
    }

    Talk close(String user) {
      users.get(user).socket.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
      text.append("%-6sx closes the tab%n".formatted(user).replace("\r", ""));
      return this;
    }

    String text() {
      return usualTimes(text.toString());
    }
  }

  private static final class User implements WebSocket.Listener {

    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    private final WebSocket socket;

    User(int chatPort) {
      URI address = URI.create("ws://127.0.0.1:" + chatPort + "/");
      socket = HttpClient.newHttpClient().newWebSocketBuilder().buildAsync(address, this).join();
    }

    void say(String message) {
      socket.sendText(message, true).join();
    }

    String hear() throws Exception {
      String message = heard.poll(10, TimeUnit.SECONDS);
      if (message == null) {
        throw new AssertionError("nothing was heard for ten seconds");
      }
      return message;
    }

    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
      heard.add(data.toString());
      socket.request(1);
      return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
      heard.add("close " + code + ": " + reason);
      return null;
    }
  }

  /** Bytes as they are. */
  private static final class Raw implements AutoCloseable {

    private static final HexFormat HEX = HexFormat.ofDelimiter(" ");
    private final Socket socket;
    final DataInputStream in;

    Raw(int port) throws IOException {
      socket = new Socket(InetAddress.getLoopbackAddress(), port);
      socket.setSoTimeout(10_000);
      in = new DataInputStream(socket.getInputStream());
    }

    void send(String text) throws IOException {
      socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    void sendHex(String bytes) throws IOException {
      socket.getOutputStream().write(HEX.parseHex(bytes));
    }

    String head() throws IOException {
      ByteArrayOutputStream head = new ByteArrayOutputStream();
      while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
        head.write(in.readByte());
      }
      String text = head.toString(StandardCharsets.ISO_8859_1);
      return text.substring(0, text.length() - 2);
    }

    /** The next frame; a server's frames of up to 125 bytes have a header of two. */
    String frame() throws IOException {
      byte[] header = {in.readByte(), in.readByte()};
      return HEX.formatHex(header) + " " + HEX.formatHex(in.readNBytes(header[1]));
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}
