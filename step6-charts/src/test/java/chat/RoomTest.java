package chat;

import static kit.Waiting.inOwnThread;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.Event.Joined;
import chat.Event.Left;
import chat.Event.Measured;
import chat.Event.Picture;
import chat.Event.Received;
import chat.Event.Refused;
import chat.Event.Said;
import chat.Event.Welcome;
import java.awt.Color;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import kit.Drawing;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The room by itself: a member is a string here, and nobody needs a socket. */
class RoomTest {

  /** What each member has heard. */
  private final Map<String, List<Event>> heard = new LinkedHashMap<>();

  @TempDir private Path folder;
  private final Meter<String> meter = new Meter<>(System::nanoTime);
  private History history;
  private Pictures pictures;
  private Room<String> room;

  @BeforeEach
  void openRoom() throws Exception {
    history = History.in(folder.resolve("archive.jsonl"), 50);
    pictures = Pictures.in(folder.resolve("pictures"), 3);
    room =
        new Room<>(
            history,
            pictures,
            meter,
            (event, members) ->
                members.forEach(
                    member -> heard.computeIfAbsent(member, any -> new ArrayList<>()).add(event)),
            (snapshot, viewer) -> {});
  }

  @AfterEach
  void closeHistory() {
    history.close();
  }

  @Test
  void theNewcomerHearsTheWelcomeFirstAndTheOthersHearThatSomebodyJoined() {
    assertThat(room.join("a", "Ann")).isEmpty();
    assertThat(room.join("b", "Boris")).isEmpty();
    assertThat(heard.get("a"))
        .containsExactly(
            new Welcome("Ann", List.of("Ann"), List.of(), List.of(), List.of()),
            new Joined("Boris"));
    assertThat(heard.get("b"))
        .containsExactly(
            new Welcome("Boris", List.of("Ann", "Boris"), List.of(), List.of(), List.of()));
  }

  @Test
  void whoComesLateHearsWhatWasSaidBefore() throws Exception {
    room.join("a", "Ann");
    room.say("a", "first");
    room.say("a", "second");
    room.join("b", "Boris");
    List<Said> before = ((Welcome) heard.get("b").get(0)).history();
    assertThat(before).extracting(Said::text).containsExactly("first", "second");
    assertThat(heard.get("a")).containsSequence(before);
  }

  @Test
  void whatCannotBeKeptIsToldToNobody() throws Exception {
    room.join("a", "Ann");
    history.close(); // every write fails from here on
    assertThatThrownBy(() -> room.say("a", "lost?")).isInstanceOf(IOException.class);
    assertThat(heard.get("a")).hasSize(1);
    assertThat(history.last()).isEmpty();
  }

  @Test
  void everybodyHearsWhatIsSaidTheSpeakerToo() throws Exception {
    room.join("a", "Ann");
    room.join("b", "Boris");
    room.say("a", "Hi");
    Said hi = history.last().get(0);
    assertThat(List.of(hi.id(), hi.name(), hi.text())).isEqualTo(List.of(1L, "Ann", "Hi"));
    assertThat(heard.get("a")).last().isEqualTo(hi);
    assertThat(heard.get("b")).last().isEqualTo(hi);
  }

  @Test
  void whoIsNotHereCannotSpeakAndHearsNothing() throws Exception {
    room.join("a", "Ann");
    room.say("stranger", "Hi");
    room.join("refused", "ann");
    room.say("refused", "Hi");
    room.say("a", "Hello?");
    assertThat(heard.keySet()).containsExactly("a");
    assertThat(heard.get("a"))
        .containsExactly(
            new Welcome("Ann", List.of("Ann"), List.of(), List.of(), List.of()),
            history.last().get(0));
  }

  @Test
  void everybodyIsToldWhatWasMeasuredAndWhoComesLateWhatWasMeasuredBefore() throws Exception {
    room.measure();
    room.join("a", "Ann");
    room.say("a", "Hi");
    room.say("stranger", "Hi");
    room.measure();
    Measured measured = (Measured) heard.get("a").get(2);
    assertThat(List.of(measured.online(), measured.said())).isEqualTo(List.of(1, 1));
    room.join("b", "Boris");
    List<Measured> before = ((Welcome) heard.get("b").get(0)).measured();
    assertThat(before).extracting(Measured::online).containsExactly(0, 1);
    assertThat(before).last().isEqualTo(measured);
  }

  @Test
  void leavingIsToldOnceHoweverOftenItHappens() {
    room.join("a", "Ann");
    room.join("b", "Boris");
    room.leave("b");
    room.leave("b");
    room.leave("stranger");
    assertThat(heard.get("a"))
        .containsExactly(
            new Welcome("Ann", List.of("Ann"), List.of(), List.of(), List.of()),
            new Joined("Boris"),
            new Left("Boris"));
    assertThat(heard.get("b")).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"A", "Ann Lee", "Анна", "李", "O'Neil", "😀", "12345678901234567890123456789012"})
  void aVisibleNameOfUpTo32CharactersIsGood(String name) {
    assertThat(room.join("a", "  " + name + "\t")).isEmpty();
    assertThat(heard.get("a"))
        .containsExactly(new Welcome(name, List.of(name), List.of(), List.of(), List.of()));
  }

  @Test
  void thirtyTwoCharactersMayBeSixtyFourCharsOfJava() {
    assertThat(room.join("a", "😀".repeat(32))).isEmpty();
    assertThat(room.join("b", "😀".repeat(33))).contains(Room.Refusal.BAD_NAME);
  }

  @Test
  void noNameWithAnInvisibleCharacterComesIn() {
    Random random = new Random(1);
    for (int code = 0; code <= Character.MAX_CODE_POINT; code++) {
      int type = Character.getType(code);
      if (type == Character.CONTROL
          || type == Character.FORMAT
          || type == Character.LINE_SEPARATOR
          || type == Character.PARAGRAPH_SEPARATOR) {
        int at = random.nextInt(1, 4);
        String name = new StringBuilder("Anna").insert(at, Character.toString(code)).toString();
        assertThat(room.join("x", name)).as("U+%04X", code).contains(Room.Refusal.BAD_NAME);
      }
    }
  }

  @Test
  void aNameIsTakenWhateverItsCaseAndHoweverItsLettersAreComposed() {
    room.join("a", "Zo\u00e9"); // é in one piece
    assertThat(room.join("b", "Zoe\u0301")).contains(Room.Refusal.NAME_TAKEN); // e and an accent
    assertThat(room.join("b", "ZO\u00c9")).contains(Room.Refusal.NAME_TAKEN);
    room.leave("a");
    assertThat(room.join("b", "Zoe\u0301")).isEmpty();
  }

  // Pictures.

  private static final byte[] JPEG = Drawing.jpeg(64, 48, Color.RED);

  /** All events of this kind that this member has heard. */
  private <E> List<E> heard(String member, Class<E> type) {
    return heard.get(member).stream().filter(type::isInstance).map(type::cast).toList();
  }

  private List<String> refusals(String member) {
    return heard(member, Refused.class).stream().map(Refused::reason).toList();
  }

  private long files() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("pictures"))) {
      return files.count();
    }
  }

  @Test
  void aPictureIsToldToAllWhenItIsWholeAndItsPartsToItsSenderOnly() throws Exception {
    room.join("a", "Ann");
    room.join("b", "Boris");
    room.take("a", Arrays.copyOf(JPEG, 300));
    room.take("a", Arrays.copyOfRange(JPEG, 300, JPEG.length));
    room.show("a", "Our school");
    Said said = history.last().get(0);
    assertThat(List.of(said.name(), said.text())).containsExactly("Ann", "Our school");
    assertThat(said.picture()).extracting(Picture::width, Picture::height).containsExactly(64, 48);
    assertThat(pictures.find(said.picture().path()).orElseThrow()).hasBinaryContent(JPEG);
    assertThat(heard.get("a")).endsWith(new Received(300), new Received(JPEG.length), said);
    assertThat(heard.get("b")).hasSize(2).endsWith(said);
  }

  @Test
  void whatIsNoPictureIsRefusedToItsSenderOnly() throws Exception {
    room.join("a", "Ann");
    room.join("b", "Boris");
    room.take("a", Arrays.copyOf(JPEG, 300));
    room.show("a", "half of it");
    room.show("a", "nothing of it");
    room.take("a", Drawing.claiming(JPEG, 2049, 48));
    room.show("a", "too wide");
    room.take("a", Drawing.filled(JPEG, 512 * 1024));
    room.take("a", new byte[1]);
    assertThat(refusals("a"))
        .containsExactly(
            "This is not a whole baseline JPEG.",
            "This is not a whole baseline JPEG.",
            "A picture has at most 2048 points a side.",
            "A picture has at most 512 KiB.");
    assertThat(heard.get("b")).hasSize(1);
    assertThat(history.last()).isEmpty();
    assertThat(files()).isZero();
  }

  @Test
  void whatCouldNotBeSavedIsToldToItsSenderOnlyAndLeavesNoFile() throws Exception {
    room.join("a", "Ann");
    room.join("b", "Boris");
    history.close(); // every write fails from here on
    room.take("a", JPEG);
    room.show("a", "lost?");
    assertThat(refusals("a")).containsExactly("Your picture could not be saved.");
    assertThat(heard.get("b")).hasSize(1);
    assertThat(files()).isZero();
  }

  /** The oldest goes when its successor is known to all, and not before. */
  @Test
  void aPictureThatCouldNotBeSavedDrivesNoOtherOut() throws Exception {
    room.join("a", "Ann");
    for (int i = 0; i < 3; i++) {
      room.take("a", JPEG);
      room.show("a", "picture " + i);
    }
    history.close();
    room.take("a", JPEG);
    room.show("a", "lost?");
    assertThat(history.last()).hasSize(3);
    for (Said said : history.last()) {
      assertThat(pictures.find(said.picture().path())).as(said.text()).isPresent();
    }
  }

  @Test
  void of33PicturesThatComeAtOnceTheOneThatIsSilentLongestIsGivenUp() {
    for (int i = 0; i < 32; i++) {
      room.join("member " + i, "name " + i);
      room.take("member " + i, Arrays.copyOf(JPEG, 300));
    }
    room.take("member 0", new byte[0]); // now the next one is silent longest
    room.join("late", "Late");
    room.take("late", JPEG);
    room.show("late", "look");
    room.take("member 1", Arrays.copyOfRange(JPEG, 300, JPEG.length)); // it was on its way
    assertThat(refusals("member 1"))
        .containsExactly(
            "Too many pictures come at once. Try again.", "This is not the beginning of a JPEG.");
    assertThat(heard.keySet()).allMatch(who -> who.equals("member 1") || refusals(who).isEmpty());
    room.take("member 0", Arrays.copyOfRange(JPEG, 300, JPEG.length));
    room.show("member 0", "look");
    room.take("member 1", JPEG);
    room.show("member 1", "look again");
    assertThat(history.last()).extracting(Said::name).containsExactly("Late", "name 0", "name 1");
  }

  @Test
  void whatWasTakenBackOrWhoseSenderLeftIsForgotten() {
    room.join("a", "Ann");
    room.take("a", Arrays.copyOf(JPEG, 300));
    room.refuse("a", "taken back");
    room.take("a", JPEG);
    room.show("a", "another");
    room.take("a", Arrays.copyOf(JPEG, 300));
    room.leave("a");
    room.join("a", "Ann");
    room.take("a", JPEG);
    room.show("a", "after all");
    assertThat(history.last()).extracting(Said::text).containsExactly("another", "after all");
    assertThat(refusals("a")).containsExactly("taken back");
  }

  @Test
  void whoIsNotHereCanShowNothingAndHearsNothing() throws Exception {
    room.take("stranger", JPEG);
    room.show("stranger", "look");
    room.refuse("stranger", "taken back");
    assertThat(heard).isEmpty();
    assertThat(files()).isZero();
  }

  @Test
  void whateverManyThreadsDoAtOnceEveryMemberHearsTheSameInTheSameOrder() {
    IntStream.range(0, 8).forEach(i -> room.join("member " + i, "name " + i));
    heard.values().forEach(List::clear);
    CompletableFuture.allOf(
            IntStream.range(0, 8)
                .mapToObj(
                    i ->
                        inOwnThread(
                            () -> {
                              try {
                                for (int n = 0; n < 200; n++) {
                                  room.say("member " + i, "text " + n);
                                }
                              } catch (IOException e) {
                                throw new UncheckedIOException(e);
                              }
                            }))
                .toArray(CompletableFuture[]::new))
        .join();
    assertThat(heard.get("member 0")).hasSize(1600);
    heard.values().forEach(events -> assertThat(events).isEqualTo(heard.get("member 0")));
  }
}
