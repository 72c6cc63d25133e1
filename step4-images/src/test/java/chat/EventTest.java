package chat;

import static org.assertj.core.api.Assertions.assertThat;

import chat.Event.Picture;
import chat.Event.Received;
import chat.Event.Refused;
import chat.Event.Said;
import java.time.Instant;
import java.util.Random;
import java.util.stream.Collectors;
import kit.Checklist;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The events that this step adds or changes, as JSON. */
@ExtendWith(Checklist.class)
class EventTest {

  private static final Instant AT = Instant.parse("2026-11-24T09:30:00.125Z");
  private static final String HI =
      "{'type':'said','id':1,'at':'2026-11-24T09:30:00.125Z','name':'Ann','text':'Hi'";

  @Test
  void aMessageMayHaveAPicture() {
    assertJson(
        new Said(1, AT, "Ann", "Hi", new Picture("/pictures/x.jpg", 1280, 720)),
        HI + ",'picture':{'path':'/pictures/x.jpg','width':1280,'height':720}}");
  }

  @Test
  void aMessageWithoutAPictureIsTheSameAsInStep3() {
    assertJson(new Said(1, AT, "Ann", "Hi"), HI + "}");
  }

  @Test
  void theSenderOfAPictureIsToldHowMuchHasArrivedOrWhyItIsRefused() {
    assertJson(new Received(16_383), "{'type':'received','bytes':16383}");
    assertJson(new Refused("No."), "{'type':'refused','reason':'No.'}");
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
