package kit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** From step 3 on: what was said before I came. */
@Steps(from = 3)
class HistoryTest extends Check {

  @Test
  void idsCountUpByOneAndTimesAreNowInUtc() throws Exception {
    Client ann = client("Ann");
    Instant before = Instant.now();
    ann.say("one").say("two");
    ann.awaitSaid(2);
    List<JsonNode> said = ann.saidEvents();
    assertThat(said.get(1).path("id").asLong()).isEqualTo(said.get(0).path("id").asLong() + 1);
    assertThat(said.get(0).path("id").isIntegralNumber()).as("the id is a number").isTrue();
    String at = said.get(0).path("at").asString();
    assertThat(at).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?(Z|\\+00:00)");
    assertThat(Duration.between(before, Instant.parse(at)).abs())
        .as("the difference of two clocks")
        .isLessThan(Duration.ofMinutes(10));
  }

  @Test
  void theNewcomerHearsTheLastFiftyMessagesAndNoneMore() throws Exception {
    int size = Integer.getInteger("chat.history", 50);
    Client ann = client("Ann");
    for (int i = 1; i <= size + 10; i++) {
      ann.say("message " + i);
    }
    ann.awaitSaid(size + 10);
    Client boris = client("Boris");
    assertThat(Texts.firstDifference(boris.history(), ann.said().subList(10, size + 10)))
        .as("where the history differs from what was said")
        .isEqualTo("nowhere");
    JsonNode history = boris.events().get(0).path("history");
    assertThat(history.path(size - 1)).as("each is a whole said").isEqualTo(last(ann.saidEvents()));
  }

  private static <T> T last(List<T> list) {
    return list.get(list.size() - 1);
  }

  /** The seam: what is old for a newcomer and what is new for it, together, are all there is. */
  @Test
  void sixtyClientsJoinWhileFourSpeakAndNobodyMissesOrDoublesAMessage() throws Exception {
    Rush rush = Rush.of(this);
    List<String> all = rush.all();
    assertThat(all).doesNotHaveDuplicates();
    int seams = 0;
    for (Client client : rush.joiners()) {
      List<String> known = new ArrayList<>(client.history());
      known.addAll(client.said());
      int first = all.indexOf(client.said().get(0));
      seams += first > 0 && first < all.size() - 1 ? 1 : 0;
      // Of before the talk there may be something too; what was said in it must be all that is.
      List<String> ofTheTalk = known.subList(Math.max(0, known.size() - all.size()), known.size());
      List<String> tail = all.subList(all.size() - ofTheTalk.size(), all.size());
      assertThat(Texts.firstDifference(ofTheTalk, tail))
          .as("where old and new messages of one client differ from what was said")
          .isEqualTo("nowhere");
      assertThat(known.size() - client.said().size())
          .as("old messages of a client that came in when %d were said", first)
          .isGreaterThanOrEqualTo(Math.min(first, Integer.getInteger("chat.history", 50)));
    }
    assertThat(seams).as("clients that came in the middle of the talk").isGreaterThan(30);
    List<Long> ids = rush.ids();
    List<Long> expected = LongStream.range(ids.get(0), ids.get(0) + ids.size()).boxed().toList();
    assertThat(Texts.firstDifference(ids, expected))
        .as("where the ids do not count up by one")
        .isEqualTo("nowhere");
  }

  // In the browser.

  @Test
  void aNewcomerSeesTheLastMessagesMarkedAsEarlierOnes() throws Exception {
    Client ann = client("Ann");
    ann.say("before");
    ann.awaitSaid(ann.line("before"));
    Tab dora = tab("Dora");
    ann.say("after");
    dora.awaitMessages(ann.line("after"));
    assertThat(dora.earlierMessages().contains(ann.line("before")))
        .as("is an earlier one")
        .isTrue();
    assertThat(dora.earlierMessages().contains(ann.line("after")))
        .as("is an earlier one")
        .isFalse();
  }
}
