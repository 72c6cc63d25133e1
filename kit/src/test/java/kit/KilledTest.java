package kit;

import static kit.Waiting.inOwnThread;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * From step 3 on: a chat that is killed in a burst, and started again. Another's chat needs {@code
 * -Dchat.start="python3 chat.py"} for that.
 */
@Once
@Steps(from = 3)
class KilledTest extends Check {

  @Test
  void everythingSeenIsThereAfterARestartAndTheIdsGoOnByOne() throws Exception {
    assumeTrue(Session.canRestart(), "the kit has not started this chat");
    Client ann = client("Ann");
    for (int i = 1; i <= 3; i++) {
      ann.say("message " + i);
    }
    ann.awaitSaid(3);
    Session.killAndStart(); // when the last message was seen, and none came after it
    goesOnAfter(List.of(ann));
    List<Client> clients = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      clients.add(client("client"));
    }
    CompletableFuture<?> burst = inOwnThread(() -> speakUntilTheEnd(clients));
    clients.get(3).awaitSaid(200);
    Session.killAndStart(); // in the middle of a burst
    burst.handle((result, cut) -> assertThat(cut).isInstanceOf(CompletionException.class)).join();
    goesOnAfter(clients);
  }

  /** The history has all that these clients have seen of its ids, and the next id follows. */
  private void goesOnAfter(List<Client> clients) throws Exception {
    Client late = client("late joiner");
    List<JsonNode> history = late.events().get(0).path("history").valueStream().toList();
    assertThat(history).as("the history").isNotEmpty();
    List<Long> ids = history.stream().map(KilledTest::id).toList();
    long first = ids.get(0);
    long last = ids.get(ids.size() - 1);
    assertThat(ids)
        .as("the ids in the history")
        .isEqualTo(LongStream.rangeClosed(first, last).boxed().toList());
    for (Client client : clients) {
      client.awaitEnd();
      for (JsonNode said : client.saidEvents()) {
        assertThat(id(said)).as("an id that was seen").isLessThanOrEqualTo(last);
        if (id(said) >= first) {
          assertThat(history.get((int) (id(said) - first))).as("what was seen").isEqualTo(said);
        }
      }
    }
    late.say("after it").awaitSaid(late.line("after it"));
    assertThat(id(late.saidEvents().get(0))).as("the next id").isEqualTo(last + 1);
  }

  private static long id(JsonNode said) {
    return said.path("id").asLong();
  }

  /** No more than 100 messages are on their way, or the slowest client is cut. */
  private static void speakUntilTheEnd(List<Client> clients) {
    for (int n = 0; n < 1_000_000; n++) {
      clients.get(n % 4).say("message " + n);
      while (clients.get(0).isOpen() && clients.get(0).saidCount() < n - 100) {
        Thread.onSpinWait();
      }
    }
  }
}
