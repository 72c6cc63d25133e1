package chat;

import static kit.Waiting.inOwnThread;
import static org.assertj.core.api.Assertions.assertThat;

import chat.Event.Joined;
import chat.Event.Left;
import chat.Event.Received;
import chat.Event.Said;
import chat.Event.Stopped;
import chat.Event.Video;
import chat.Event.Welcome;
import java.awt.Color;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import kit.Checklist;
import kit.Drawing;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Videos in the room, without a network: a member is a string here. */
@ExtendWith(Checklist.class)
class VideoRoomTest {

  private static final byte[] JPEG = Drawing.jpeg(320, 240, Color.BLACK);
  private static final byte[] BAD = Arrays.copyOf(JPEG, JPEG.length - 1);

  /** What each member receives, in this order: events and snapshots. */
  private final Map<String, List<Object>> received = new LinkedHashMap<>();

  private final History history = History.none(Pictures.temporary(1));
  private final Room<String> room =
      new Room<>(
          history,
          new Videos<>((snapshot, viewer) -> receive(viewer, snapshot)),
          (event, members) -> members.forEach(member -> receive(member, event)));

  private void receive(String member, Object eventOrSnapshot) {
    received.computeIfAbsent(member, any -> new ArrayList<>()).add(eventOrSnapshot);
  }

  @BeforeEach
  void annAndBorisJoin() {
    room.join("a", "Ann");
    room.join("b", "Boris");
    received.values().forEach(List::clear);
  }

  @AfterEach
  void closeHistory() {
    history.close();
  }

  @Test
  void theFirstSnapshotTurnsTheVideoOnForAllAlsoForItsSender() {
    room.showSnapshot("a", JPEG);
    room.snapshotDrawn("b");
    room.showSnapshot("a", JPEG);
    Snapshot snapshot = new Snapshot("Ann", JPEG);
    assertThat(received.get("a")).containsExactly(new Video("Ann", true), snapshot);
    assertThat(received.get("b")).containsExactly(new Video("Ann", true), snapshot, snapshot);
  }

  @Test
  void aVideoEndsOnceAndNoSnapshotOfItFollows() {
    room.showSnapshot("a", JPEG);
    room.showSnapshot("a", JPEG);
    room.endVideo("a");
    room.endVideo("a");
    room.snapshotDrawn("b");
    assertThat(received.get("b"))
        .containsExactly(
            new Video("Ann", true), new Snapshot("Ann", JPEG), new Video("Ann", false));
  }

  @Test
  void aLeavingMemberEndsItsVideoFirstAndCannotBeginAnother() {
    room.showSnapshot("a", JPEG);
    room.showSnapshot("a", JPEG);
    room.leave("a");
    room.leave("a");
    room.showSnapshot("a", JPEG);
    room.snapshotDrawn("b");
    assertThat(received.get("b"))
        .containsExactly(
            new Video("Ann", true),
            new Snapshot("Ann", JPEG),
            new Video("Ann", false),
            new Left("Ann"));
  }

  @Test
  void aLateJoinerIsToldWhichVideosAreOnAndGetsTheNextSnapshot() {
    room.showSnapshot("b", JPEG);
    room.showSnapshot("a", JPEG);
    room.join("c", "Clara");
    room.showSnapshot("b", JPEG);
    List<String> online = List.of("Ann", "Boris", "Clara");
    assertThat(received.get("c"))
        .containsExactly(
            new Welcome("Clara", online, List.of(), List.of("Boris", "Ann")),
            new Snapshot("Boris", JPEG));
  }

  @Test
  void aStrangerShowsNothingAndGetsNothing() {
    room.showSnapshot("stranger", JPEG);
    room.showSnapshot("stranger", BAD);
    room.endVideo("stranger");
    room.snapshotDrawn("stranger");
    room.showSnapshot("a", JPEG);
    assertThat(received.keySet()).containsExactly("a", "b");
    assertThat(received.get("b")).hasSize(2);
  }

  @Test
  void aBadSnapshotEndsTheVideoAndOnlyItsSenderIsToldWhy() {
    room.showSnapshot("a", JPEG);
    room.showSnapshot("a", BAD);
    room.snapshotDrawn("b");
    Stopped why = new Stopped("This is not a whole baseline JPEG.");
    assertThat(received.get("a"))
        .containsExactly(
            new Video("Ann", true), new Snapshot("Ann", JPEG), why, new Video("Ann", false));
    assertThat(received.get("b"))
        .containsExactly(
            new Video("Ann", true), new Snapshot("Ann", JPEG), new Video("Ann", false));
  }

  @Test
  void aTooLargeSnapshotTurnsNoVideoOn() {
    room.showSnapshot("a", Drawing.jpeg(641, 1, Color.BLACK));
    assertThat(received.get("a"))
        .containsExactly(new Stopped("A picture here has at most 640 × 640 pixels."));
    assertThat(received.get("b")).isEmpty();
  }

  @Test
  void aBadSnapshotDoesNotCancelThePictureThatItsSenderUploads() {
    room.showSnapshot("a", JPEG);
    room.addPart("a", Arrays.copyOf(JPEG, 300));
    room.showSnapshot("a", BAD);
    room.addPart("a", Arrays.copyOfRange(JPEG, 300, JPEG.length));
    room.showPicture("a", "Our school");
    List<Object> toAnn = received.get("a");
    assertThat(toAnn)
        .containsSubsequence(
            new Received(300),
            new Stopped("This is not a whole baseline JPEG."),
            new Video("Ann", false),
            new Received(JPEG.length));
    assertThat(toAnn).last().isInstanceOfSatisfying(Said.class, this::hasAnnsPicture);
    assertThat(received.get("b")).last().isEqualTo(toAnn.get(toAnn.size() - 1));
  }

  private void hasAnnsPicture(Said said) {
    assertThat(said.text()).isEqualTo("Our school");
    assertThat(history.findPicture(said.picture().path()).orElseThrow()).hasBinaryContent(JPEG);
  }

  @Test
  void aGuestHearsOfEachVideoInTurnWhileOthersComeAndGo() {
    CompletableFuture<?> video =
        inOwnThread(
            () -> {
              for (int i = 0; i < 2000; i++) {
                room.showSnapshot("a", JPEG);
                room.endVideo("a");
              }
            });
    int guests = 0;
    while (!video.isDone()) {
      String guest = "guest " + guests++;
      room.join(guest, guest);
      room.leave(guest);
    }
    video.join();
    received.keySet().removeIf(member -> !member.startsWith("guest"));
    received.forEach(VideoRoomTest::assertVideosInTurn);
    assertThat(received).hasSize(guests);
  }

  private static void assertVideosInTurn(String guest, List<Object> all) {
    boolean isOn = ((Welcome) all.get(0)).video().contains("Ann");
    for (Object next : all.subList(1, all.size())) {
      if (next instanceof Video video) {
        assertThat(video.on()).as("what %s hears of Ann's video", guest).isEqualTo(!isOn);
        isOn = video.on();
      } else if (next instanceof Snapshot) {
        assertThat(isOn).as("that %s knows of Ann's video", guest).isTrue();
      } else {
        assertThat(next).isInstanceOf(Joined.class);
      }
    }
  }
}
