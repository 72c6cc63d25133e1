package chat;

import static kit.Waiting.inOwnThread;
import static org.assertj.core.api.Assertions.assertThat;

import chat.Event.Joined;
import chat.Event.Left;
import chat.Event.Refused;
import chat.Event.Video;
import chat.Event.Welcome;
import java.awt.Color;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kit.Drawing;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Videos in a room: who is told of them, and when they end. A member is a string here. */
class FilmTest {

  private static final byte[] NOTHING = {};
  private static final byte[] PICTURE = Drawing.jpeg(320, 240, Color.BLACK);

  /** What each member is told and given, in this order: events, and live pictures. */
  private final Map<String, List<Object>> heard = new LinkedHashMap<>();

  private final Room<String> room =
      new Room<>(
          History.none(),
          Pictures.temporary(1),
          (event, members) -> members.forEach(member -> hear(member, event)),
          (snapshot, viewer) -> hear(viewer, snapshot));

  private void hear(String member, Object what) {
    heard.computeIfAbsent(member, any -> new ArrayList<>()).add(what);
  }

  @BeforeEach
  void annAndBorisAreHere() {
    room.join("a", "Ann");
    room.join("b", "Boris");
    heard.values().forEach(List::clear);
  }

  @Test
  void theFirstPictureTurnsTheVideoOnForEverybodyTheSenderToo() {
    room.film("a", PICTURE);
    room.drawn("b");
    room.film("a", PICTURE);
    Snapshot snapshot = new Snapshot("Ann", PICTURE);
    assertThat(heard.get("a")).containsExactly(new Video("Ann", true), snapshot);
    assertThat(heard.get("b")).containsExactly(new Video("Ann", true), snapshot, snapshot);
  }

  @Test
  void aVideoEndsOnceAndThenNothingOfItComes() {
    room.film("a", PICTURE);
    room.film("a", PICTURE);
    room.film("a", NOTHING);
    room.film("a", NOTHING);
    room.drawn("b");
    assertThat(heard.get("b"))
        .containsExactly(
            new Video("Ann", true), new Snapshot("Ann", PICTURE), new Video("Ann", false));
  }

  @Test
  void whoLeavesEndsItsVideoFirstAndCannotBeginAnother() {
    room.film("a", PICTURE);
    room.film("a", PICTURE);
    room.leave("a");
    room.leave("a");
    room.film("a", PICTURE);
    room.drawn("b");
    assertThat(heard.get("b"))
        .containsExactly(
            new Video("Ann", true),
            new Snapshot("Ann", PICTURE),
            new Video("Ann", false),
            new Left("Ann"));
  }

  @Test
  void whoComesLateIsWelcomedWithTheVideosThatAreOnAndGivenTheNextPicture() {
    room.film("b", PICTURE);
    room.film("a", PICTURE);
    room.join("c", "Clara");
    room.film("b", PICTURE);
    List<String> online = List.of("Ann", "Boris", "Clara");
    assertThat(heard.get("c"))
        .containsExactly(
            new Welcome("Clara", online, List.of(), List.of("Boris", "Ann")),
            new Snapshot("Boris", PICTURE));
  }

  @Test
  void aStrangerShowsNothingAndIsGivenNothing() {
    room.film("stranger", PICTURE);
    room.film("stranger", NOTHING);
    room.drawn("stranger");
    room.film("a", PICTURE);
    assertThat(heard.keySet()).containsExactly("a", "b");
    assertThat(heard.get("b")).hasSize(2);
  }

  @Test
  void aBadPictureCostsItsSenderTheVideoAndNobodyIsShownIt() {
    Refused refused =
        new Refused("A live picture is a baseline JPEG of at most 640 points a side.");
    for (byte[] bad :
        List.of(
            "<svg/>".getBytes(),
            Arrays.copyOf(PICTURE, PICTURE.length - 1),
            Drawing.jpeg(641, 1, Color.BLACK),
            Drawing.jpeg(1, 641, Color.BLACK))) {
      heard.values().forEach(List::clear);
      room.film("a", PICTURE);
      room.film("a", bad);
      room.drawn("b");
      assertThat(heard.get("a")).contains(refused, new Video("Ann", false));
      assertThat(heard.get("b")).doesNotContain(refused).endsWith(new Video("Ann", false));
    }
    heard.values().forEach(List::clear);
    room.film("a", Drawing.jpeg(640, 640, Color.BLACK));
    assertThat(heard.get("b")).startsWith(new Video("Ann", true));
  }

  @Test
  void whoComesAndGoesWhileAnotherFilmsMissesAndDoublesNothing() {
    Runnable film =
        () -> {
          for (int i = 0; i < 2000; i++) {
            room.film("a", PICTURE);
            room.film("a", NOTHING);
          }
        };
    var filming = inOwnThread(film);
    int guests = 0;
    while (!filming.isDone()) {
      String guest = "guest " + guests++;
      room.join(guest, guest);
      room.leave(guest);
    }
    filming.join();
    heard.keySet().removeIf(member -> !member.startsWith("guest"));
    heard.forEach(
        (guest, all) -> {
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
        });
    assertThat(heard).hasSize(guests);
  }
}
