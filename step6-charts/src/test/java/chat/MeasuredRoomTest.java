package chat;

import static org.assertj.core.api.Assertions.assertThat;

import chat.Event.Measured;
import chat.Event.Welcome;
import java.awt.Color;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kit.Checklist;
import kit.Drawing;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the room tells of the measurements, without a network: a member is a string here. */
@ExtendWith(Checklist.class)
class MeasuredRoomTest {

  /** The events that each member has heard. */
  private final Map<String, List<Event>> heard = new LinkedHashMap<>();

  private final History history = History.none(Pictures.temporary(1));
  private final Room<String> room =
      new Room<>(
          history,
          new Videos<>((snapshot, viewer) -> {}),
          new Meter<>(System::nanoTime),
          (event, members) -> members.forEach(member -> hear(member, event)));

  private void hear(String member, Event event) {
    heard.computeIfAbsent(member, any -> new ArrayList<>()).add(event);
  }

  @AfterEach
  void closeHistory() {
    history.close();
  }

  @Test
  void everyMemberIsToldWhatWasMeasured() {
    room.join("a", "Ann");
    room.join("b", "Boris");
    room.measure();
    assertThat(lastSecond("a").online()).isEqualTo(2);
    assertThat(lastSecond("b")).isEqualTo(lastSecond("a"));
  }

  @Test
  void aLateJoinerIsToldWhatWasMeasuredBefore() {
    room.measure();
    room.join("a", "Ann");
    room.measure();
    room.join("b", "Boris");
    List<Measured> before = ((Welcome) heard.get("b").get(0)).measured();
    assertThat(before).extracting(Measured::online).containsExactly(0, 1);
    assertThat(before).last().isEqualTo(lastSecond("a"));
  }

  @Test
  void messagesAndPicturesAreCountedButNoRefusedOnes() throws Exception {
    room.join("a", "Ann");
    room.say("a", "one");
    room.say("a", "two");
    room.say("a", " "); // told to nobody
    room.say("stranger", "Hi");
    room.addPart("a", Drawing.jpeg(64, 48, Color.RED));
    room.showPicture("a", "three");
    room.showPicture("a", "a picture that was never sent");
    room.measure();
    assertThat(lastSecond("a").said()).isEqualTo(3);
    room.measure();
    assertThat(lastSecond("a").said()).isZero();
  }

  /** The last measurement that this member has heard. */
  private Measured lastSecond(String member) {
    return heard.get(member).stream()
        .filter(Measured.class::isInstance)
        .map(Measured.class::cast)
        .reduce((earlier, later) -> later)
        .orElseThrow();
  }
}
