package chat;

import java.io.IOException;
import java.nio.file.Path;
import plumbing.Host;

/**
 * Starts the chat. Settings: {@code -Dport=9000}, {@code -Dhost=0.0.0.0} for the classroom, {@code
 * -Dhistory=100} messages for late joiners, {@code -Dhistory.file=archive.jsonl}.
 */
public final class Main {

  public static void main(String[] args) {
    try {
      Host host = new Host(System.getProperty("host", "localhost"));
      Chat chat = new Chat(host, number("port", 8080, 65_534), history());
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

  private static History history() throws IOException {
    int size = number("history", 50, 1000);
    String file = System.getProperty("history.file", "chat-history.jsonl");
    if (file.isBlank()) {
      throw new IllegalArgumentException("history.file must not be empty.");
    }
    return size == 0 ? History.none() : History.in(Path.of(file), size);
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
