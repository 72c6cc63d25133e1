package chat;

import static kit.Waiting.inOwnThread;
import static org.assertj.core.api.Assertions.assertThat;

import chat.Event.Joined;
import chat.Event.Left;
import chat.Event.Said;
import chat.Event.Welcome;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import kit.Checklist;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The room without a network: a member is a string here. */
@ExtendWith(Checklist.class)
class RoomTest {

  /** The events that each member has heard. */
  private final Map<String, List<Event>> heard = new LinkedHashMap<>();

  private final Room<String> room =
      new Room<>((event, members) -> members.forEach(member -> hear(member, event)));

  private void hear(String member, Event event) {
    heard.computeIfAbsent(member, any -> new ArrayList<>()).add(event);
  }

  @Test
  void aNewcomerIsWelcomedFirstAndTheOthersHearThatItJoined() {
    assertThat(room.join("a", "Ann")).isEmpty();
    assertThat(room.join("b", "Boris")).isEmpty();
    assertThat(heard.get("a"))
        .containsExactly(new Welcome("Ann", List.of("Ann")), new Joined("Boris"));
    assertThat(heard.get("b")).containsExactly(new Welcome("Boris", List.of("Ann", "Boris")));
  }

  @Test
  void everyMemberHearsAMessageAlsoItsSpeaker() {
    room.join("a", "Ann");
    room.join("b", "Boris");
    room.say("a", "Hi");
    assertThat(heard.get("a")).last().isEqualTo(new Said("Ann", "Hi"));
    assertThat(heard.get("b")).last().isEqualTo(new Said("Ann", "Hi"));
  }

  @Test
  void aBlankMessageIsIgnored() {
    room.join("a", "Ann");
    room.say("a", "");
    room.say("a", " \t\n");
    assertThat(heard.get("a")).hasSize(1);
  }

  @Test
  void aStrangerCannotSpeakAndHearsNothing() {
    room.join("a", "Ann");
    room.say("stranger", "Hi");
    room.join("refused", "ann");
    room.say("refused", "Hi");
    room.say("a", "Hello?");
    assertThat(heard.keySet()).containsExactly("a");
    assertThat(heard.get("a"))
        .containsExactly(new Welcome("Ann", List.of("Ann")), new Said("Ann", "Hello?"));
  }

  @Test
  void aLeavingMemberIsAnnouncedOnlyOnce() {
    room.join("a", "Ann");
    room.join("b", "Boris");
    room.leave("b");
    room.leave("b");
    room.leave("stranger");
    assertThat(heard.get("a"))
        .containsExactly(
            new Welcome("Ann", List.of("Ann")), new Joined("Boris"), new Left("Boris"));
    assertThat(heard.get("b")).hasSize(1);
  }

  @Test
  void aNameThatIsNotAllowedIsRefused() {
    assertThat(room.join("a", " ")).contains(JoinError.BAD_NAME);
    assertThat(heard).isEmpty();
  }

  @Test
  void aNameIsTakenUntilItsMemberLeaves() {
    room.join("a", "Zo\u00e9"); // é in one piece
    assertThat(room.join("b", "Zoe\u0301")).contains(JoinError.NAME_TAKEN); // e and an accent
    assertThat(room.join("b", "ZO\u00c9")).contains(JoinError.NAME_TAKEN);
    room.leave("a");
    assertThat(room.join("b", "Zoe\u0301")).isEmpty();
  }

  @Test
  void allMembersHearOneOrderWhileManyThreadsSpeak() {
    IntStream.range(0, 8).forEach(i -> room.join("member " + i, "name " + i));
    heard.values().forEach(List::clear);
    CompletableFuture.allOf(
            IntStream.range(0, 8)
                .mapToObj(i -> inOwnThread(() -> say200Messages("member " + i)))
                .toArray(CompletableFuture[]::new))
        .join();
    assertThat(heard.get("member 0")).hasSize(1600);
    heard.values().forEach(events -> assertThat(events).isEqualTo(heard.get("member 0")));
  }

  private void say200Messages(String speaker) {
    for (int i = 0; i < 200; i++) {
      room.say(speaker, "text " + i);
    }
  }
}
