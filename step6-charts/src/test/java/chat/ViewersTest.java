package chat;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who is given which live picture; a viewer is a string here, and a picture is one byte. */
class ViewersTest {

  /** What each viewer was given, as in {@code Ann 1}. */
  private final Map<String, List<String>> given = new LinkedHashMap<>();

  private final Viewers<String> viewers =
      new Viewers<>(
          (snapshot, viewer) ->
              given
                  .computeIfAbsent(viewer, any -> new ArrayList<>())
                  .add(snapshot.name() + " " + snapshot.jpeg()[0]));

  @BeforeEach
  void twoViewersAreThere() {
    viewers.add("fast");
    viewers.add("slow");
  }

  private void show(String name, int number) {
    viewers.show(new Snapshot(name, new byte[] {(byte) number}));
  }

  @Test
  void whoHasJustComeIsGivenTheFirstOne() {
    show("Ann", 1);
    assertThat(given)
        .containsEntry("fast", List.of("Ann 1"))
        .containsEntry("slow", List.of("Ann 1"));
  }

  @Test
  void whoHasNotDrawnIsGivenNothingAndThenOnlyTheNewest() {
    show("Ann", 1);
    for (int number = 2; number <= 9; number++) {
      viewers.drawn("fast");
      show("Ann", number);
    }
    assertThat(given.get("fast")).hasSize(9);
    assertThat(given.get("slow")).containsExactly("Ann 1");
    viewers.drawn("slow");
    assertThat(given.get("slow")).containsExactly("Ann 1", "Ann 9");
  }

  @Test
  void whoHasDrawnEverythingIsGivenTheNextOneAtOnce() {
    show("Ann", 1);
    viewers.drawn("fast");
    assertThat(given.get("fast")).containsExactly("Ann 1");
    show("Ann", 2);
    assertThat(given.get("fast")).containsExactly("Ann 1", "Ann 2");
  }

  @Test
  void toSayOftenThatOneIsDrawnBringsNoMoreThanOne() {
    show("Ann", 1);
    for (int i = 0; i < 100; i++) {
      viewers.drawn("fast");
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
      viewers.drawn("slow");
    }
    assertThat(given.get("slow"))
        .containsExactly("Ann 1", "Boris 1", "Ann 3", "Clara 4", "Ann 5", "Clara 6", "Ann 7");
  }

  @Test
  void ofAVideoThatHasEndedNothingWaits() {
    show("Ann", 1);
    show("Ann", 2);
    show("Boris", 1);
    viewers.forget("Ann");
    viewers.drawn("slow");
    viewers.drawn("slow");
    assertThat(given.get("slow")).containsExactly("Ann 1", "Boris 1");
  }

  @Test
  void whoHasGoneOrNeverCameIsGivenNothing() {
    viewers.remove("slow");
    viewers.drawn("slow");
    viewers.drawn("stranger");
    show("Ann", 1);
    viewers.drawn("slow");
    assertThat(given.keySet()).containsExactly("fast");
  }

  @Test
  void itsMessageHoldsTheKindTheLengthOfTheNameTheNameAndThePicture() {
    byte[] bytes = new Snapshot("Zoë", new byte[] {7, 8}).toBytes().array();
    assertThat(bytes).containsExactly(2, 4, 'Z', 'o', 0xc3, 0xab, 7, 8);
  }

  @Test
  void theLongestNameFits() {
    Snapshot snapshot = new Snapshot("😀".repeat(32), new byte[] {7});
    assertThat(snapshot.toBytes().get(1) & 0xff).isEqualTo(128);
    assertThat(snapshot.toBytes().remaining()).isEqualTo(2 + 128 + 1);
  }
}
