package chat;

import java.io.IOException;
import java.nio.file.Path;
import plumbing.Host;
import plumbing.Settings;

/**
 * Starts the chat. Settings: {@code -Dport=9000}, {@code -Dhost=0.0.0.0} for the classroom, {@code
 * -Dhistory=100} messages for late joiners, {@code -Dhistory.file=archive.jsonl}, {@code
 * -Dpictures=1000} are kept, {@code -Dpictures.folder=pictures}.
 */
public final class Main {

  public static void main(String[] args) {
    try {
      Host host = new Host(Settings.text("host", "localhost"));
      Chat chat = new Chat(host, Settings.number("port", 0, 8080, 65_534), history());
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
    int size = Settings.number("history", 0, 50, 1000);
    Path file = Settings.path("history.file", "chat-history.jsonl");
    int most = Settings.number("pictures", 1, 400, 10_000);
    Path folder = Settings.path("pictures.folder", "chat-pictures");
    return size == 0
        ? History.none(Pictures.temporary(most))
        : History.in(file, size, Pictures.in(folder, most));
  }
}
