package chat;

import static org.assertj.core.api.Assertions.assertThat;

import chat.Event.Joined;
import chat.Event.Left;
import chat.Event.Said;
import chat.Event.Welcome;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import kit.Checklist;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The events as JSON: what browsers receive. */
@ExtendWith(Checklist.class)
class EventTest {

  @Test
  void eachEventHasItsJson() {
    assertJson(
        new Welcome("Ann", List.of("Ann", "Boris")),
        "{'type':'welcome','name':'Ann','online':['Ann','Boris']}");
    assertJson(new Joined("Ann"), "{'type':'joined','name':'Ann'}");
    assertJson(new Said("Ann", "Hi"), "{'type':'said','name':'Ann','text':'Hi'}");
    assertJson(new Left("Ann"), "{'type':'left','name':'Ann'}");
  }

  /** Quotes are single here, to be readable. */
  private static void assertJson(Event event, String json) {
    assertThat(event.toJson()).isEqualTo(json.replace('\'', '"'));
  }

  @Test
  void anyTextIsOneLineOfJsonAndIsReadBackUnchanged() {
    for (long seed = 0; seed < 500; seed++) {
      Random random = new Random(seed);
      String text =
          random
                  .ints(random.nextInt(40), 0, 0x2fff)
                  .mapToObj(Character::toString)
                  .collect(Collectors.joining())
              + "\"\\</script>\u2028\n\r\0😀";
      Event event = new Said("name", text);
      assertThat(event.toJson()).as("seed " + seed).doesNotContain("\n", "\r");
      assertThat(Event.JSON.readValue(event.toJson(), Event.class))
          .as("seed " + seed)
          .isEqualTo(event);
    }
  }
}
