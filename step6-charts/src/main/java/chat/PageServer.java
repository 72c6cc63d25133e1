package chat;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Serves the page's files over HTTP, and the pictures that its users have shown. */
final class PageServer {

  static { // The JDK reads these once, before its first server: seconds until a slow client is cut.
    System.setProperty("sun.net.httpserver.maxReqTime", "10");
    System.setProperty("sun.net.httpserver.maxRspTime", "60");
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  /** Only what comes from here may run or be shown, and it may talk to the chat only. */
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self';"
          + " img-src 'self'; media-src blob:;"
          + " connect-src ws://*:{{chatPort}};"
          + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  private static final String UPLOT = "/META-INF/resources/webjars/uplot/1.6.30/dist/uPlot";

  private record File(String type, byte[] content) {}

  private final HttpServer server = HttpServer.create();
  private final ExecutorService threads = Executors.newCachedThreadPool();

  private final Pictures pictures;

  PageServer(Host host, int port, Pictures pictures) throws IOException {
    this.pictures = pictures;
    host.listen(port, address -> server.bind(address, 0));
    // A thread for each request; with the default, one slow client makes everybody wait.
    server.setExecutor(threads);
  }

  int port() {
    return server.getAddress().getPort();
  }

  /** Starts to answer. The page's markup tells its script the port of the chat. */
  void open(int chatPort) throws IOException {
    Map<String, File> files =
        Map.of(
            "/", read("index.html", "text/html", chatPort),
            "/chat.js", read("chat.js", "text/javascript", chatPort),
            "/pictures.js", read("pictures.js", "text/javascript", chatPort),
            "/video.js", read("video.js", "text/javascript", chatPort),
            "/timer.js", read("timer.js", "text/javascript", chatPort),
            "/icon.svg", read("icon.svg", "image/svg+xml", chatPort),
            "/charts.js", read("charts.js", "text/javascript", chatPort),
            "/uPlot.iife.min.js", read(UPLOT + ".iife.min.js", "text/javascript", chatPort),
            "/uPlot.min.css", read(UPLOT + ".min.css", "text/css", chatPort),
            "/chat.css", read("chat.css", "text/css", chatPort));
    String policy = POLICY.replace("{{chatPort}}", String.valueOf(chatPort));
    server.createContext("/", exchange -> answer(exchange, files, policy));
    server.createContext(Pictures.PATH, this::answerPicture);
    server.start();
  }

  private static File read(String name, String type, int chatPort) throws IOException {
    try (InputStream file = PageServer.class.getResourceAsStream(name)) {
      String text = new String(file.readAllBytes(), StandardCharsets.UTF_8);
      String filled = text.replace("{{chatPort}}", String.valueOf(chatPort));
      return new File(type + "; charset=utf-8", filled.getBytes(StandardCharsets.UTF_8));
    }
  }

  private static void answer(HttpExchange exchange, Map<String, File> files, String policy)
      throws IOException {
    Headers headers = exchange.getResponseHeaders();
    File file = files.get(exchange.getRequestURI().getPath());
    try (exchange) {
      if (file == null) {
        exchange.sendResponseHeaders(404, -1);
      } else if (isReading(exchange)) {
        headers.set("Content-Type", file.type());
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("Content-Security-Policy", policy);
        headers.set("Cache-Control", "no-store");
        send(exchange, file.content().length, new ByteArrayInputStream(file.content()));
      }
    }
  }

  /** A picture never changes, so a browser may keep it. Nothing that is in it may run. */
  private void answerPicture(HttpExchange exchange) throws IOException {
    Headers headers = exchange.getResponseHeaders();
    Optional<Path> file = pictures.find(exchange.getRequestURI().getPath());
    try (exchange) {
      if (file.isEmpty()) {
        exchange.sendResponseHeaders(404, -1);
      } else if (isReading(exchange)) {
        headers.set("Content-Type", "image/jpeg");
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("Content-Security-Policy", "default-src 'none'; sandbox");
        headers.set("Cache-Control", "private, max-age=31536000, immutable");
        send(exchange, Files.size(file.get()), Files.newInputStream(file.get()));
      }
    }
  }

  /** Whoever wants something else is told so. */
  private static boolean isReading(HttpExchange exchange) throws IOException {
    boolean isReading = List.of("GET", "HEAD").contains(exchange.getRequestMethod());
    if (!isReading) {
      exchange.getResponseHeaders().set("Allow", "GET, HEAD");
      exchange.sendResponseHeaders(405, -1);
    }
    return isReading;
  }

  private static void send(HttpExchange exchange, long length, InputStream content)
      throws IOException {
    boolean isHead = exchange.getRequestMethod().equals("HEAD");
    exchange.getResponseHeaders().set("Content-Length", String.valueOf(length));
    try (content) {
      exchange.sendResponseHeaders(200, isHead ? -1 : length);
      if (!isHead) {
        content.transferTo(exchange.getResponseBody());
      }
    }
  }

  void close() {
    server.stop(0);
    threads.shutdown();
  }
}
