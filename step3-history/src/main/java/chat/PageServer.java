package chat;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Serves {@code index.html} over HTTP: the article's figures 1 and 2. */
final class PageServer {

  static { // The JDK reads these once, before its first server: seconds until a slow client is cut.
    System.setProperty("sun.net.httpserver.maxReqTime", "10");
    System.setProperty("sun.net.httpserver.maxRspTime", "10");
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  /** The page's own script and style carry the nonce of their answer; nothing else may run. */
  private static final String POLICY =
      "default-src 'none'; script-src 'nonce-{{nonce}}'; style-src 'nonce-{{nonce}}';"
          + " connect-src ws://*:{{chatPort}};"
          + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();

  PageServer(InetSocketAddress address) throws IOException {
    server = HttpServer.create(address, 0);
    // A thread for each request; with the default, one slow client makes everybody wait.
    server.setExecutor(threads);
  }

  /** Where the page can be opened, as a browser says it in the header Origin (RFC 6454). */
  List<String> origins() throws IOException {
    List<String> hosts = new ArrayList<>();
    if (server.getAddress().getAddress().isAnyLocalAddress()) {
      NetworkInterface.networkInterfaces()
          .flatMap(NetworkInterface::inetAddresses)
          .filter(address -> address instanceof Inet4Address && !address.isLoopbackAddress())
          .forEach(address -> hosts.add(address.getHostAddress()));
      hosts.add(hostName());
    }
    hosts.addAll(List.of("localhost", "127.0.0.1", "[::1]"));
    int port = server.getAddress().getPort();
    return hosts.stream().map(host -> "http://" + host + (port == 80 ? "" : ":" + port)).toList();
  }

  /** Where to tell people to open it: all but the two numeric names of localhost. */
  List<String> addresses() throws IOException {
    return origins().subList(0, origins().size() - 2);
  }

  /** Starts to answer. The page's own markup tells it the port of the chat. */
  void open(int chatPort) throws IOException {
    String port = String.valueOf(chatPort);
    try (InputStream file = PageServer.class.getResourceAsStream("index.html")) {
      String page = new String(file.readAllBytes(), StandardCharsets.UTF_8);
      String pageWithPort = page.replace("{{chatPort}}", port);
      String policy = POLICY.replace("{{chatPort}}", port);
      server.createContext("/", exchange -> answer(exchange, pageWithPort, policy));
    }
    server.start();
  }

  void close() {
    server.stop(0);
    threads.shutdown();
  }

  private static void answer(HttpExchange exchange, String page, String policy) throws IOException {
    String method = exchange.getRequestMethod();
    Headers headers = exchange.getResponseHeaders();
    try (exchange) {
      if (!"/".equals(exchange.getRequestURI().getPath())) {
        exchange.sendResponseHeaders(404, -1);
      } else if (!method.equals("GET") && !method.equals("HEAD")) {
        headers.set("Allow", "GET, HEAD");
        exchange.sendResponseHeaders(405, -1);
      } else {
        String nonce = UUID.randomUUID().toString();
        byte[] body = page.replace("{{nonce}}", nonce).getBytes(StandardCharsets.UTF_8);
        headers.set("Content-Type", "text/html; charset=utf-8");
        headers.set("Content-Length", String.valueOf(body.length));
        headers.set("Content-Security-Policy", policy.replace("{{nonce}}", nonce));
        headers.set("Cache-Control", "no-store");
        exchange.sendResponseHeaders(200, method.equals("HEAD") ? -1 : body.length);
        if (method.equals("GET")) {
          exchange.getResponseBody().write(body);
        }
      }
    }
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName().toLowerCase(Locale.ROOT);
    } catch (UnknownHostException e) {
      return "localhost"; // this machine has no name for others
    }
  }
}
