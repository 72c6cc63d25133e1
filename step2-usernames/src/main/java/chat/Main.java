package chat;

import java.io.IOException;
import plumbing.Host;
import plumbing.Settings;

/** Starts the chat. Settings: {@code -Dport=9000}, {@code -Dhost=0.0.0.0} for the classroom. */
public final class Main {

  public static void main(String[] args) {
    try {
      Host host = new Host(Settings.text("host", "localhost"));
      Chat chat = new Chat(host, Settings.number("port", 0, 8080, 65_534));
      Runtime.getRuntime().addShutdownHook(new Thread(chat::close));
      chat.start();
      System.out.println(chat.invitation() + " - Ctrl-C stops the chat.");
    } catch (IOException | IllegalArgumentException e) {
      System.err.println("The chat cannot start: " + e.getMessage());
      System.exit(1);
    } catch (IllegalStateException e) {
      if (!"Shutdown in progress".equals(e.getMessage())) { // Ctrl-C came first: nothing is open
        throw e;
      }
    }
  }
}
