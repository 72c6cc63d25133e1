package kit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtendWith;

/** What all checks have in common: a chat, clients and tabs, and that everybody leaves at last. */
@ExtendWith({Session.class, Checklist.class})
public abstract class Check {

  private static final AtomicInteger USERS = new AtomicInteger();

  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private boolean browsed;

  public static Subject chat() throws Exception {
    return Session.chat();
  }

  /** A name that nobody has: an earlier check's users may still be leaving. */
  public static String fresh(String name) {
    return name + " " + USERS.incrementAndGet();
  }

  /** In the chat; from step 2 on under a name that begins like this. */
  public Client client(String name) throws Exception {
    return clientNamed(fresh(name));
  }

  public Client clientNamed(String name) throws Exception {
    return clientNamed(name, chat());
  }

  /** In a chat of this check's own. */
  public Client clientNamed(String name, Subject chat) throws Exception {
    return closed(Client.join(name, chat.socket()));
  }

  public Client knock(String name) throws Exception {
    return closed(Client.knock(name, chat().socket()));
  }

  /** In the chat, like {@link #client}, but it may send any bytes. */
  public RawClient raw(String name) throws Exception {
    return closed(RawClient.join(fresh(name), chat().socket()));
  }

  /** Connected to the chat's port; it has sent nothing yet. */
  public RawClient rawSocket() throws Exception {
    return closed(new RawClient(chat().socket()));
  }

  /** Connected to the page's port. */
  public RawClient rawPage() throws Exception {
    return closed(new RawClient(chat().page()));
  }

  /** A tab of a real browser in the chat. */
  public Tab tab(String name) throws Exception {
    return tabNamed(fresh(name));
  }

  public Tab tabNamed(String name) throws Exception {
    return browser().join(name, chat().page());
  }

  public Browser browser() {
    browsed = true;
    return Session.browser();
  }

  /** A program of this check's own. */
  public Program program(String... settings) throws Exception {
    return closed(Program.java(settings));
  }

  /** Closes this when the check has ended, however it ends. */
  public <T extends AutoCloseable> T closed(T opened) {
    open.push(opened);
    return opened;
  }

  @AfterEach
  void everybodyLeavesAndTheBrowserHasNothingToComplainAbout() throws Exception {
    if (browsed) {
      browser().leave();
    }
    while (!open.isEmpty()) {
      AutoCloseable last = open.pop();
      if (last instanceof Client client) {
        client.vanish();
      } else {
        last.close();
      }
    }
    if (browsed) {
      assertThat(browser().complaints()).as("the browser's console").isEmpty();
    }
  }

  /** Sends bytes in a thread of its own: the server may stop reading before all are sent. */
  static void flood(RawClient client, byte[] bytes, int times) {
    Waiting.inOwnThread(
        () -> {
          try {
            for (int i = 0; i < times; i++) {
              client.send(bytes);
            }
          } catch (java.io.IOException e) {
            // the server has had enough
          }
        });
  }
}
