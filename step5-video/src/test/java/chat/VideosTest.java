package chat;

import static org.assertj.core.api.Assertions.assertThat;

import chat.Event.Video;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kit.Checklist;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Which snapshots a viewer gets: a viewer is a string here, and a JPEG is one byte. */
@ExtendWith(Checklist.class)
class VideosTest {

  /** The snapshots that each viewer was given, as in {@code Ann 1}. */
  private final Map<String, List<String>> given = new LinkedHashMap<>();

  private final Videos<String> videos =
      new Videos<>(
          (snapshot, viewer) ->
              given
                  .computeIfAbsent(viewer, any -> new ArrayList<>())
                  .add(snapshot.name() + " " + snapshot.jpeg()[0]));

  @BeforeEach
  void addTwoViewers() {
    videos.addViewer("fast");
    videos.addViewer("slow");
  }

  private void show(String name, int number) {
    videos.show(new Snapshot(name, new byte[] {(byte) number}));
  }

  @Test
  void aNewViewerGetsTheFirstSnapshot() {
    show("Ann", 1);
    assertThat(given)
        .containsEntry("fast", List.of("Ann 1"))
        .containsEntry("slow", List.of("Ann 1"));
  }

  @Test
  void aSlowViewerGetsNothingUntilItHasDrawnThenOnlyTheNewest() {
    show("Ann", 1);
    for (int number = 2; number <= 9; number++) {
      videos.drawn("fast");
      show("Ann", number);
    }
    assertThat(given.get("fast")).hasSize(9);
    assertThat(given.get("slow")).containsExactly("Ann 1");
    videos.drawn("slow");
    assertThat(given.get("slow")).containsExactly("Ann 1", "Ann 9");
  }

  @Test
  void aViewerThatHasDrawnEverythingGetsTheNextSnapshotAtOnce() {
    show("Ann", 1);
    videos.drawn("fast");
    assertThat(given.get("fast")).containsExactly("Ann 1");
    show("Ann", 2);
    assertThat(given.get("fast")).containsExactly("Ann 1", "Ann 2");
  }

  @Test
  void aViewerThatReportsOneDrawingOftenGetsOnlyOneSnapshot() {
    show("Ann", 1);
    for (int i = 0; i < 100; i++) {
      videos.drawn("fast");
    }
    show("Ann", 2);
    show("Ann", 3);
    assertThat(given.get("fast")).containsExactly("Ann 1", "Ann 2");
  }

  @Test
  void sendersTakeTurnsHoweverFastOneOfThemSends() {
    show("Ann", 1);
    show("Boris", 1);
    for (int number = 2; number <= 7; number++) {
      show("Ann", number);
      show("Ann", number);
      show("Clara", number);
      videos.drawn("slow");
    }
    assertThat(given.get("slow"))
        .containsExactly("Ann 1", "Boris 1", "Ann 3", "Clara 4", "Ann 5", "Clara 6", "Ann 7");
  }

  @Test
  void noSnapshotOfAnEndedVideoWaits() {
    show("Ann", 1);
    show("Ann", 2);
    show("Boris", 1);
    videos.end("Ann");
    videos.drawn("slow");
    videos.drawn("slow");
    assertThat(given.get("slow")).containsExactly("Ann 1", "Boris 1");
  }

  @Test
  void aViewerThatHasLeftOrNeverCameGetsNothing() {
    videos.removeViewer("slow");
    videos.drawn("slow");
    videos.drawn("stranger");
    show("Ann", 1);
    videos.drawn("slow");
    assertThat(given.keySet()).containsExactly("fast");
  }

  @Test
  void aVideoBeginsAndEndsOnce() {
    assertThat(videos.begin("Boris")).contains(new Video("Boris", true));
    assertThat(videos.begin("Ann")).contains(new Video("Ann", true));
    assertThat(videos.begin("Boris")).isEmpty();
    assertThat(videos.names()).containsExactly("Boris", "Ann");
    assertThat(videos.end("Boris")).contains(new Video("Boris", false));
    assertThat(videos.end("Boris")).isEmpty();
    assertThat(videos.names()).containsExactly("Ann");
  }
}
