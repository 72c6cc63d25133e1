package chat;

import java.io.IOException;
import java.nio.file.Path;
import plumbing.Host;

/**
 * Starts the chat. Settings: {@code -Dport=9000}, {@code -Dhost=0.0.0.0} for the classroom, {@code
 * -Dhistory=100} messages for late joiners, {@code -Dhistory.file=archive.jsonl}, {@code
 * -Dpictures=1000} are kept, {@code -Dpictures.folder=pictures}.
 */
public final class Main {

  public static void main(String[] args) {
    try {
      Host host = new Host(System.getProperty("host", "localhost"));
      Chat chat = new Chat(host, number("port", 0, 8080, 65_534), history());
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
    int size = number("history", 0, 50, 1000);
    Path file = path("history.file", "chat-history.jsonl");
    int most = number("pictures", 1, 400, 10_000);
    Path folder = path("pictures.folder", "chat-pictures");
    return size == 0
        ? History.none(Pictures.temporary(most))
        : History.in(file, size, Pictures.in(folder, most));
  }

  private static Path path(String setting, String usual) {
    String value = System.getProperty(setting, usual);
    if (value.isBlank()) {
      throw new IllegalArgumentException(setting + " must not be empty.");
    }
    return Path.of(value);
  }

  private static int number(String setting, int least, int usual, int most) {
    String value = System.getProperty(setting, String.valueOf(usual));
    int number = value.matches("[0-9]{1,9}") ? Integer.parseInt(value) : -1;
    if (number < least || number > most) {
      throw new IllegalArgumentException(
          "%s must be a number from %d to %d, not \"%s\".".formatted(setting, least, most, value));
    }
    return number;
  }
}
