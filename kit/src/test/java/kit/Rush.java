package kit;

import static kit.Waiting.await;
import static kit.Waiting.inOwnThread;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Sixty clients join while four others speak, spread over the whole talk; it ends when all of them
 * have heard its last message.
 */
final class Rush {

  private static final int SPEAKERS = 4;
  private static final int JOINERS = 60;
  private static final int ROUNDS = 200; // in each, every speaker says one message

  private final List<Client> speakers = new ArrayList<>();
  private final List<Client> joiners = new ArrayList<>();
  private final AtomicInteger round = new AtomicInteger();
  private final AtomicInteger joined = new AtomicInteger();

  private Rush() {}

  static Rush of(Check check) throws Exception {
    Rush rush = new Rush();
    for (int i = 0; i < SPEAKERS; i++) {
      rush.speakers.add(check.client("speaker"));
    }
    CompletableFuture<?> talk = inOwnThread(rush::speak);
    for (int i = 0; i < JOINERS; i++) {
      int next = i * ROUNDS / JOINERS;
      await("the talk, before client " + i, () -> assertThat(rush.round).hasValueGreaterThan(next));
      rush.joiners.add(check.client("joiner"));
      rush.joined.incrementAndGet();
    }
    talk.join();
    Client first = rush.speakers.get(0);
    first.awaitSaid(SPEAKERS * ROUNDS);
    String end = first.say("the end").line("the end");
    first.awaitSaid(end);
    rush.joiners.forEach(joiner -> joiner.awaitSaid(end));
    assertThat(first.said()).hasSize(SPEAKERS * ROUNDS + 1);
    return rush;
  }

  private void speak() {
    for (int n = 0; n < ROUNDS; n++) {
      round.incrementAndGet();
      for (Client speaker : speakers) {
        speaker.say("message " + n);
      }
      int next = (n - 20) * JOINERS / ROUNDS;
      await(
          "joiners, before round " + n,
          () -> assertThat(joined).hasValueGreaterThanOrEqualTo(next));
    }
  }

  List<Client> joiners() {
    return joiners;
  }

  /** Everything that was said, in its order. */
  List<String> all() {
    return speakers.get(0).said();
  }

  /** From step 3 on: the ids of all that was said. */
  List<Long> ids() {
    return speakers.get(0).saidEvents().stream().map(said -> said.path("id").asLong()).toList();
  }
}
