package chat;

import static org.assertj.core.api.Assertions.assertThat;

import chat.Event.Measured;
import chat.Event.Welcome;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import kit.Checklist;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The events that this step adds or changes, as JSON. */
@ExtendWith(Checklist.class)
class EventTest {

  private static final Measured SECOND =
      new Measured(Instant.parse("2026-11-24T09:30:00Z"), 1, 2, 15, Map.of("Ann", 3.1));
  private static final String JSON =
      "{'type':'measured','at':'2026-11-24T09:30:00Z','online':1,'said':2,'bytes':15,"
          + "'delay':{'Ann':3.1}}";

  @Test
  void aSecondHasItsCountsAndTheDelayOfEachMember() {
    assertJson(SECOND, JSON);
  }

  @Test
  void theWelcomeHasTheSecondsThatWereMeasured() {
    assertJson(
        new Welcome("Ann", List.of("Ann"), List.of(), List.of(), List.of(SECOND)),
        "{'type':'welcome','name':'Ann','online':['Ann'],'history':[],'video':[],'measured':["
            + JSON
            + "]}");
  }

  /** Quotes are single here, to be readable. */
  private static void assertJson(Event event, String json) {
    assertThat(event.toJson()).isEqualTo(json.replace('\'', '"'));
  }
}
