package chat;

import static kit.Texts.errors;
import static kit.Waiting.inOwnThread;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.Event.Joined;
import chat.Event.Left;
import chat.Event.Said;
import chat.Event.Welcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import kit.Checklist;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The room without a network: a member is a string here. */
@ExtendWith(Checklist.class)
class RoomTest {

  /** The events that each member has heard. */
  private final Map<String, List<Event>> heard = new LinkedHashMap<>();

  private History history;
  private Room<String> room;

  @BeforeEach
  void openRoom(@TempDir Path folder) throws Exception {
    history = History.in(folder.resolve("archive.jsonl"), 50);
    room = new Room<>(history, (event, members) -> members.forEach(member -> hear(member, event)));
  }

  private void hear(String member, Event event) {
    heard.computeIfAbsent(member, any -> new ArrayList<>()).add(event);
  }

  @AfterEach
  void closeHistory() {
    history.close();
  }

  @Test
  void aLateJoinerHearsWhatWasSaidBefore() throws Exception {
    room.join("a", "Ann");
    room.say("a", "first");
    room.say("a", "second");
    room.join("b", "Boris");
    List<Said> before = ((Welcome) heard.get("b").get(0)).history();
    assertThat(before).extracting(Said::text).containsExactly("first", "second");
    assertThat(heard.get("a")).containsSequence(before);
  }

  @Test
  void aMessageThatCannotBeKeptIsToldToNobody() throws Throwable {
    room.join("a", "Ann");
    history.close(); // every write fails from here on
    String printed =
        errors(
            () -> assertThatThrownBy(() -> room.say("a", "lost?")).isInstanceOf(IOException.class));
    assertThat(printed).startsWith("Messages cannot be saved: ");
    assertThat(heard.get("a")).hasSize(1);
    assertThat(history.last()).isEmpty();
  }

  @Test
  void aNewcomerIsWelcomedFirstAndTheOthersHearThatItJoined() {
    assertThat(room.join("a", "Ann")).isEmpty();
    assertThat(room.join("b", "Boris")).isEmpty();
    assertThat(heard.get("a"))
        .containsExactly(new Welcome("Ann", List.of("Ann"), List.of()), new Joined("Boris"));
    assertThat(heard.get("b"))
        .containsExactly(new Welcome("Boris", List.of("Ann", "Boris"), List.of()));
  }

  @Test
  void everyMemberHearsAMessageAlsoItsSpeaker() throws Exception {
    room.join("a", "Ann");
    room.join("b", "Boris");
    room.say("a", "Hi");
    Said hi = history.last().get(0);
    assertThat(List.of(hi.id(), hi.name(), hi.text())).isEqualTo(List.of(1L, "Ann", "Hi"));
    assertThat(heard.get("a")).last().isEqualTo(hi);
    assertThat(heard.get("b")).last().isEqualTo(hi);
  }

  @Test
  void aBlankMessageIsIgnored() throws Exception {
    room.join("a", "Ann");
    room.say("a", "");
    room.say("a", " \t\n");
    assertThat(heard.get("a")).hasSize(1);
    assertThat(history.last()).isEmpty();
  }

  @Test
  void aStrangerCannotSpeakAndHearsNothing() throws Exception {
    room.join("a", "Ann");
    room.say("stranger", "Hi");
    room.join("refused", "ann");
    room.say("refused", "Hi");
    room.say("a", "Hello?");
    assertThat(heard.keySet()).containsExactly("a");
    assertThat(heard.get("a"))
        .containsExactly(new Welcome("Ann", List.of("Ann"), List.of()), history.last().get(0));
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
            new Welcome("Ann", List.of("Ann"), List.of()), new Joined("Boris"), new Left("Boris"));
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
    try {
      for (int i = 0; i < 200; i++) {
        room.say(speaker, "text " + i);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
