package chat;

import static kit.Texts.errors;
import static org.assertj.core.api.Assertions.assertThat;

import chat.Event.Picture;
import chat.Event.Received;
import chat.Event.Refused;
import chat.Event.Said;
import java.awt.Color;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import kit.Checklist;
import kit.Drawing;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Pictures in the room, without a network: a member is a string here. */
@ExtendWith(Checklist.class)
class PictureRoomTest {

  private static final byte[] JPEG = Drawing.jpeg(64, 48, Color.RED);
  private static final byte[] FIRST_PART = Arrays.copyOf(JPEG, 300);
  private static final byte[] SECOND_PART = Arrays.copyOfRange(JPEG, 300, JPEG.length);

  /** The events that each member has heard. */
  private final Map<String, List<Event>> heard = new LinkedHashMap<>();

  @TempDir private Path folder;
  private History history;
  private Room<String> room;

  @BeforeEach
  void openRoom() throws Exception {
    Pictures pictures = Pictures.in(folder.resolve("pictures"), 3);
    history = History.in(folder.resolve("archive.jsonl"), 50, pictures);
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
  void aWholePictureIsToldToAllAndItsPartsToItsSenderOnly() {
    room.join("a", "Ann");
    room.join("b", "Boris");
    room.addPart("a", FIRST_PART);
    room.addPart("a", SECOND_PART);
    room.showPicture("a", "Our school");
    Said said = history.last().get(0);
    assertThat(List.of(said.name(), said.text())).containsExactly("Ann", "Our school");
    assertThat(said.picture()).extracting(Picture::width, Picture::height).containsExactly(64, 48);
    assertThat(history.findPicture(said.picture().path()).orElseThrow()).hasBinaryContent(JPEG);
    assertThat(heard.get("a")).endsWith(new Received(300), new Received(JPEG.length), said);
    assertThat(heard.get("b")).hasSize(2).endsWith(said);
  }

  @Test
  void aBadPictureIsRefusedToItsSenderOnly() throws Exception {
    room.join("a", "Ann");
    room.join("b", "Boris");
    room.addPart("a", FIRST_PART);
    room.showPicture("a", "half of it");
    room.showPicture("a", "nothing of it");
    room.addPart("a", Drawing.claiming(JPEG, 2049, 48));
    room.showPicture("a", "too wide");
    room.addPart("a", Drawing.filled(JPEG, 512 * 1024));
    room.addPart("a", new byte[1]);
    assertThat(refusals("a"))
        .containsExactly(
            "This is not a whole baseline JPEG.",
            "This is not a whole baseline JPEG.",
            "A picture here has at most 2048 × 2048 pixels.",
            "A picture has at most 512 KiB.");
    assertThat(heard.get("b")).hasSize(1);
    assertThat(history.last()).isEmpty();
    assertThat(files()).isZero();
  }

  @Test
  void aPictureThatCannotBeSavedIsRefusedAndLeavesNoFile() throws Throwable {
    room.join("a", "Ann");
    room.join("b", "Boris");
    history.close(); // every write to the archive fails from here on
    room.addPart("a", JPEG);
    assertThat(errors(() -> room.showPicture("a", "lost?")))
        .startsWith("Messages cannot be saved: ");
    assertThat(refusals("a")).containsExactly("Your picture could not be saved.");
    assertThat(heard.get("b")).hasSize(1);
    assertThat(files()).isZero();
  }

  /** The oldest picture goes only after all members know its successor. */
  @Test
  void aPictureThatCannotBeSavedRemovesNoOther() throws Throwable {
    room.join("a", "Ann");
    for (int i = 0; i < 3; i++) {
      room.addPart("a", JPEG);
      room.showPicture("a", "picture " + i);
    }
    history.close();
    room.addPart("a", JPEG);
    assertThat(errors(() -> room.showPicture("a", "lost?"))).isNotEmpty();
    assertThat(history.last()).hasSize(3);
    for (Said said : history.last()) {
      assertThat(history.findPicture(said.picture().path())).as(said.text()).isPresent();
    }
  }

  @Test
  void theUploadThatIsSilentLongestEndsWhenA33rdBegins() {
    for (int i = 0; i < 32; i++) {
      room.join("member " + i, "name " + i);
      room.addPart("member " + i, FIRST_PART);
    }
    room.addPart("member 0", new byte[0]); // now member 1 is silent longest
    room.join("late", "Late");
    room.addPart("late", JPEG);
    room.showPicture("late", "look");
    room.addPart("member 1", SECOND_PART); // it was on its way
    assertThat(refusals("member 1"))
        .containsExactly(
            "Too many pictures come at once. Try again.", "This is not the beginning of a JPEG.");
    assertThat(heard.keySet())
        .allMatch(member -> member.equals("member 1") || refusals(member).isEmpty());
    room.addPart("member 0", SECOND_PART);
    room.showPicture("member 0", "look");
    room.addPart("member 1", JPEG);
    room.showPicture("member 1", "look again");
    assertThat(history.last()).extracting(Said::name).containsExactly("Late", "name 0", "name 1");
  }

  @Test
  void aCancelledUploadIsForgotten() {
    room.join("a", "Ann");
    room.addPart("a", FIRST_PART);
    room.cancelPicture("a");
    room.cancelPicture("a"); // nothing is left to cancel
    room.addPart("a", JPEG);
    room.showPicture("a", "another");
    assertThat(refusals("a")).containsExactly("You took the picture back.");
    assertThat(history.last()).extracting(Said::text).containsExactly("another");
  }

  @Test
  void theUploadOfALeavingMemberIsForgotten() {
    room.join("a", "Ann");
    room.addPart("a", FIRST_PART);
    room.leave("a");
    room.join("a", "Ann");
    room.addPart("a", JPEG);
    room.showPicture("a", "after all");
    assertThat(refusals("a")).isEmpty();
    assertThat(history.last()).extracting(Said::text).containsExactly("after all");
  }

  @Test
  void aStrangerCanShowNothingAndHearsNothing() throws Exception {
    room.addPart("stranger", JPEG);
    room.showPicture("stranger", "look");
    room.cancelPicture("stranger");
    assertThat(heard).isEmpty();
    assertThat(files()).isZero();
  }

  private List<String> refusals(String member) {
    return heard.get(member).stream()
        .filter(Refused.class::isInstance)
        .map(event -> ((Refused) event).reason())
        .toList();
  }

  private long files() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("pictures"))) {
      return files.filter(file -> file.toString().endsWith(".jpg")).count();
    }
  }
}
