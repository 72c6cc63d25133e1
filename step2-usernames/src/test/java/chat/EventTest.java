package chat;

import static org.assertj.core.api.Assertions.assertThat;

import chat.Event.Joined;
import chat.Event.Left;
import chat.Event.Said;
import chat.Event.Welcome;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The events as JSON, as docs and browsers know them. */
class EventTest {

  @Test
  void eachEventHasItsJson() {
    assertThat(new Welcome("Ann", List.of("Ann", "Boris")).toJson())
        .isEqualTo("{\"type\":\"welcome\",\"name\":\"Ann\",\"online\":[\"Ann\",\"Boris\"]}");
    assertThat(new Joined("Ann").toJson()).isEqualTo("{\"type\":\"joined\",\"name\":\"Ann\"}");
    assertThat(new Said("Ann", "Hi").toJson())
        .isEqualTo("{\"type\":\"said\",\"name\":\"Ann\",\"text\":\"Hi\"}");
    assertThat(new Left("Ann").toJson()).isEqualTo("{\"type\":\"left\",\"name\":\"Ann\"}");
  }

  @Test
  void whateverIsSaidIsReadBackAsItWasOnOneLine() {
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
