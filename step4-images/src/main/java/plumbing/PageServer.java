package plumbing;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Serves the page's files over HTTP (the article's figures 1 and 2), and the users' pictures. */
public final class PageServer {

  static { // The JDK reads these once, before its first server: seconds until a slow client is cut.
    System.setProperty("sun.net.httpserver.maxReqTime", "10");
    System.setProperty("sun.net.httpserver.maxRspTime", "60");
    System.setProperty("sun.net.httpserver.nodelay", "true");
    System.setProperty("sun.net.httpserver.maxReqHeaderSize", "65536"); // bytes
    System.setProperty("sun.net.httpserver.drainAmount", "8388608"); // bytes, before an answer
  }

  /** The page may load files of this server only, and may connect to the chat only. */
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self';"
          + " img-src 'self'; media-src blob:;"
          + " connect-src ws://*:{{chatPort}};"
          + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "svg", "image/svg+xml");

  private static final int MAX_THREADS = 200; // one for each request that is not answered yet

  private record File(String type, byte[] content) {}

  private final HttpServer server = HttpServer.create();
  private final ExecutorService threads =
      new ThreadPoolExecutor(0, MAX_THREADS, 10, TimeUnit.SECONDS, new SynchronousQueue<>());
  private final Host host;
  private final List<String> resources;

  /**
   * Binds the socket.
   *
   * @param port 0 picks a free one
   * @param resources on the class path: a name in the package {@code chat}, or a path that begins
   *     with a slash. Each is served under its last name, and {@code index.html} as the page.
   * @throws IOException with a sentence that names the port, when it is in use
   */
  public PageServer(Host host, int port, List<String> resources) throws IOException {
    this.host = host;
    this.resources = resources;
    host.bind(address -> server.bind(address, 0), port);
    // A thread for each request: with the JDK's default, one slow client makes everybody wait. A
    // request that is one too many is closed without an answer.
    server.setExecutor(threads);
  }

  private int port() {
    return server.getAddress().getPort();
  }

  /** The page's address by every name: the origins that its WebSocket may have. */
  public List<String> origins() {
    return host.origins(port());
  }

  /** Where users open the page, as the beginning of a sentence. */
  public String invitation() {
    return host.invitation(port());
  }

  /** Serves JPEG files below a path such as {@code /pictures/}; {@code find} runs in any thread. */
  public void addPictures(String path, Function<String, Optional<Path>> find) {
    server.createContext(path, exchange -> answerPicture(exchange, find));
  }

  /** Starts to answer. The page learns from its markup on which port the chat listens. */
  public void start(int chatPort) throws IOException {
    Map<String, File> files = new HashMap<>();
    for (String resource : resources) {
      String name = resource.substring(resource.lastIndexOf('/') + 1);
      files.put("/" + name.replace("index.html", ""), read(resource, chatPort));
    }
    String policy = POLICY.replace("{{chatPort}}", String.valueOf(chatPort));
    server.createContext("/", exchange -> answer(exchange, files, policy));
    server.start();
  }

  private static File read(String resource, int chatPort) throws IOException {
    String path = resource.startsWith("/") ? resource : "/chat/" + resource;
    try (InputStream file = PageServer.class.getResourceAsStream(path)) {
      if (file == null) {
        throw new IOException("the class path has no " + path + ".");
      }
      String text = new String(file.readAllBytes(), StandardCharsets.UTF_8);
      String filled = text.replace("{{chatPort}}", String.valueOf(chatPort));
      String type = TYPES.get(resource.substring(resource.lastIndexOf('.') + 1));
      return new File(type, filled.getBytes(StandardCharsets.UTF_8));
    }
  }

  private static void answer(HttpExchange exchange, Map<String, File> files, String policy)
      throws IOException {
    Headers headers = exchange.getResponseHeaders();
    URI uri = exchange.getRequestURI();
    File file = uri.getHost() == null ? files.get(uri.getPath()) : null; // we are no proxy
    try (exchange) {
      if (file == null) {
        exchange.sendResponseHeaders(404, -1);
      } else if (!isGetOrHead(exchange)) {
        refuseMethod(exchange);
      } else {
        headers.set("Content-Type", file.type());
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("Content-Security-Policy", policy);
        headers.set("Cache-Control", "no-store");
        send(exchange, file.content().length, new ByteArrayInputStream(file.content()));
      }
    }
  }

  /** A picture never changes, so a browser may keep it. A script inside it must not run. */
  private static void answerPicture(HttpExchange exchange, Function<String, Optional<Path>> find)
      throws IOException {
    Headers headers = exchange.getResponseHeaders();
    Optional<Path> file = find.apply(exchange.getRequestURI().getPath());
    try (exchange;
        FileChannel content = file.isEmpty() ? null : open(file.get())) {
      if (content == null) {
        exchange.sendResponseHeaders(404, -1);
      } else if (!isGetOrHead(exchange)) {
        refuseMethod(exchange);
      } else {
        headers.set("Content-Type", "image/jpeg");
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("Content-Security-Policy", "default-src 'none'; sandbox");
        headers.set("Cache-Control", "private, max-age=31536000, immutable");
        send(exchange, content.size(), Channels.newInputStream(content));
      }
    }
  }

  /** Null when it was removed a moment ago. */
  private static FileChannel open(Path file) throws IOException {
    try {
      return FileChannel.open(file);
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  private static boolean isGetOrHead(HttpExchange exchange) {
    return List.of("GET", "HEAD").contains(exchange.getRequestMethod());
  }

  private static void refuseMethod(HttpExchange exchange) throws IOException {
    exchange.getResponseHeaders().set("Allow", "GET, HEAD");
    exchange.sendResponseHeaders(405, -1);
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

  /** Stops at once. */
  public void stop() {
    server.stop(0);
    threads.shutdown();
  }
}
