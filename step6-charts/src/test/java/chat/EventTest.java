package chat;

import static org.assertj.core.api.Assertions.assertThat;

import chat.Event.Joined;
import chat.Event.Left;
import chat.Event.Measured;
import chat.Event.Picture;
import chat.Event.Received;
import chat.Event.Refused;
import chat.Event.Said;
import chat.Event.Video;
import chat.Event.Welcome;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The events as JSON, as docs and browsers know them. */
class EventTest {

  @Test
  void eachEventHasItsJson() {
    String hi =
        "{\"type\":\"said\",\"id\":1,\"at\":\"2026-11-24T09:30:00.125Z\",\"name\":\"Ann\",\"text\":\"Hi\"}";
    Said said = new Said(1, Instant.parse("2026-11-24T09:30:00.125Z"), "Ann", "Hi");
    assertThat(said.toJson()).isEqualTo(hi);
    assertThat(
            new Welcome("Ann", List.of("Ann", "Boris"), List.of(said), List.of("Boris"), List.of())
                .toJson())
        .isEqualTo(
            "{\"type\":\"welcome\",\"name\":\"Ann\",\"online\":[\"Ann\",\"Boris\"],\"history\":["
                + hi
                + "],\"video\":[\"Boris\"],\"measured\":[]}");
    String school =
        hi.replace("Hi\"}", "School\",")
            + "\"picture\":{\"path\":\"/pictures/x.jpg\",\"width\":1280,\"height\":720}}";
    Picture picture = new Picture("/pictures/x.jpg", 1280, 720);
    assertThat(new Said(1, said.at(), "Ann", "School", picture).toJson()).isEqualTo(school);
    assertThat(new Received(16_383).toJson()).isEqualTo("{\"type\":\"received\",\"bytes\":16383}");
    assertThat(new Refused("No.").toJson()).isEqualTo("{\"type\":\"refused\",\"reason\":\"No.\"}");
    assertThat(new Joined("Ann").toJson()).isEqualTo("{\"type\":\"joined\",\"name\":\"Ann\"}");
    assertThat(new Video("Ann", true).toJson())
        .isEqualTo("{\"type\":\"video\",\"name\":\"Ann\",\"on\":true}");
    assertThat(new Left("Ann").toJson()).isEqualTo("{\"type\":\"left\",\"name\":\"Ann\"}");
    Instant at = Instant.parse("2026-11-24T09:30:00Z");
    String measured =
        "{\"type\":\"measured\",\"at\":\"2026-11-24T09:30:00Z\",\"online\":1,\"said\":0,\"bytes\":0";
    assertThat(new Measured(at, 1, 0, 0, Map.of("Ann", 3.1)).toJson())
        .isEqualTo(measured + ",\"delay\":{\"Ann\":3.1}}");
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
      Picture picture = seed % 2 == 0 ? null : new Picture("/pictures/x.jpg", random.nextInt(), 1);
      Instant at = Instant.ofEpochMilli(seed * 7_777_777_777L);
      Event event = new Said(seed, at, "name", text, picture);
      assertThat(event.toJson()).as("seed " + seed).doesNotContain("\n", "\r");
      assertThat(Event.JSON.readValue(event.toJson(), Event.class))
          .as("seed " + seed)
          .isEqualTo(event);
    }
  }
}
