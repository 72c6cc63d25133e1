package chat;

import static org.assertj.core.api.Assertions.assertThat;

import chat.Event.Stopped;
import chat.Event.Video;
import chat.Event.Welcome;
import java.util.List;
import kit.Checklist;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The events that this step adds or changes, as JSON. */
@ExtendWith(Checklist.class)
class EventTest {

  @Test
  void theWelcomeHasTheNamesOfTheMembersWhoseVideoIsOn() {
    assertJson(
        new Welcome("Ann", List.of("Boris", "Ann"), List.of(), List.of("Boris")),
        "{'type':'welcome','name':'Ann','online':['Boris','Ann'],'history':[],'video':['Boris']}");
  }

  @Test
  void aVideoIsOnOrOff() {
    assertJson(new Video("Ann", true), "{'type':'video','name':'Ann','on':true}");
    assertJson(new Video("Ann", false), "{'type':'video','name':'Ann','on':false}");
  }

  @Test
  void theSenderOfABadSnapshotIsToldTheReason() {
    assertJson(new Stopped("No."), "{'type':'stopped','reason':'No.'}");
  }

  /** Quotes are single here, to be readable. */
  private static void assertJson(Event event, String json) {
    assertThat(event.toJson()).isEqualTo(json.replace('\'', '"'));
  }
}
