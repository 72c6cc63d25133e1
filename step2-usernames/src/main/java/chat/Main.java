package chat;

import java.io.IOException;
import plumbing.Host;

/** Starts the chat. Settings: {@code -Dport=9000}, {@code -Dhost=0.0.0.0} for the classroom. */
public final class Main {

  public static void main(String[] args) {
    try {
      Host host = new Host(System.getProperty("host", "localhost"));
      Chat chat = new Chat(host, number("port", 8080, 65_534));
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

  private static int number(String setting, int usual, int most) {
    String value = System.getProperty(setting, String.valueOf(usual));
    if (!value.matches("[0-9]{1,9}") || Integer.parseInt(value) > most) {
      throw new IllegalArgumentException(
          "%s must be a number from 0 to %d, not \"%s\".".formatted(setting, most, value));
    }
    return Integer.parseInt(value);
  }
}
