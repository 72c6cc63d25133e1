package chat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;

/** Starts the chat. Settings: {@code -Dport=9000}, {@code -Dhost=0.0.0.0} for the classroom. */
public final class Main {

  public static void main(String[] args) {
    try {
      String host = System.getProperty("host", "localhost");
      int port = number("port", 8080, 65_534);
      PageServer page = new PageServer(free(host, port));
      ChatServer chat = new ChatServer(free(host, port == 0 ? 0 : port + 1), page.origins());
      chat.open();
      page.open(chat.getPort());
      Runtime.getRuntime().addShutdownHook(new Thread(chat::close));
      List<String> addresses = page.addresses();
      System.out.println("Open " + String.join(" or ", addresses) + " - Ctrl-C stops the chat.");
    } catch (IOException | IllegalArgumentException e) {
      System.err.println("The chat cannot start: " + e.getMessage());
      System.exit(1);
    }
  }

  private static int number(String setting, int usual, int most) {
    String value = System.getProperty(setting, String.valueOf(usual));
    if (!value.matches("[0-9]{1,9}") || Integer.parseInt(value) > most) {
      throw new IllegalArgumentException(
          "%s must be a number from 0 to %d, not \"%s\".".formatted(setting, most, value));
    }
    return Integer.parseInt(value);
  }

  /** Tries the port before a server does, so that a port in use is one clear sentence. */
  private static InetSocketAddress free(String host, int port) throws IOException {
    try (ServerSocket probe = new ServerSocket(port, 1, InetAddress.getByName(host))) {
      return new InetSocketAddress(probe.getInetAddress(), port);
    } catch (IOException e) {
      throw new IOException(
          "cannot listen on %s, port %d (%s); choose another with -Dport=9000."
              .formatted(host, port, e.getMessage()));
    }
  }
}
