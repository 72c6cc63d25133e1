package kit;

import static kit.Waiting.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import kit.Client.Snapshot;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** From step 5 on: snapshots, of which each viewer gets the newest. */
@Steps(from = 5, to = 6)
class VideoTest extends Check {

  private static final byte[] NOTHING = {};
  private static final byte[] PICTURE = Drawing.jpeg(320, 240, Color.GRAY);

  /** One that differs from all others, and has so many bytes. */
  static byte[] numbered(int number, int size) {
    byte[] picture = Drawing.filled(PICTURE, size);
    ByteBuffer.wrap(picture).putInt(6, number); // in the remark
    return picture;
  }

  /** Everything that was sent to this client before is here when this returns. */
  private static void barrier(Client speaker, Client... listeners) {
    String text = fresh("barrier");
    speaker.say(text);
    for (Client listener : listeners) {
      listener.awaitSaid(speaker.line(text));
    }
  }

  /** What it was told of videos, as in {@code Ann on}. */
  private static List<String> videos(Client client) {
    return client.events("video").stream()
        .map(
            event ->
                event.path("name").asString() + (event.path("on").asBoolean() ? " on" : " off"))
        .toList();
  }

  @Test
  void everybodyIsToldOfAVideoAndGetsItsPicturesAsTheyWereSentTheSenderToo() throws Exception {
    Client ann = client("Zoë");
    Client boris = client("Boris");
    byte[] largest = numbered(1, 16 * 1024 - 1);
    ann.snapshot(largest);
    for (Client client : List.of(ann, boris)) {
      client.awaitSnapshots(1);
      Snapshot picture = client.snapshots().get(0);
      assertThat(picture.name()).isEqualTo(ann.name());
      assertThat(Arrays.equals(picture.jpeg(), largest)).as("it is as it was sent").isTrue();
      assertThat(videos(client)).containsExactly(ann.name() + " on");
    }
  }

  @Test
  void whoHasNotDrawnGetsNoMoreThanOnePictureAndThenTheNewest() throws Exception {
    Client ann = client("Ann");
    Client fast = client("fast");
    Client slow = client("slow");
    for (int number = 1; number <= 50; number++) {
      ann.snapshot(numbered(number, 12_000));
      fast.awaitSnapshots(number);
      fast.drawn();
    }
    barrier(ann, slow);
    assertThat(slow.snapshots()).as("what came although it had not drawn").hasSize(1);
    slow.drawn();
    slow.awaitSnapshots(2);
    assertThat(slow.snapshots().get(1).jpeg())
        .as("the next one that it gets")
        .isEqualTo(numbered(50, 12_000));
    slow.drawn();
    barrier(slow, slow);
    assertThat(slow.snapshots()).as("after the newest").hasSize(2);
  }

  @Test
  void toSayAHundredTimesThatOneIsDrawnBringsOnePicture() throws Exception {
    Client ann = client("Ann");
    Client greedy = client("greedy");
    ann.snapshot(PICTURE);
    greedy.awaitSnapshots(1);
    for (int i = 0; i < 100; i++) {
      greedy.drawn();
    }
    barrier(greedy, ann);
    for (int i = 0; i < 10; i++) {
      ann.snapshot(PICTURE);
    }
    barrier(ann, greedy);
    assertThat(greedy.snapshots()).hasSize(2);
  }

  @Test
  void allSendersTakeTurnsHoweverFastOneOfThemSends() throws Exception {
    Client viewer = client("viewer");
    List<Client> senders = List.of(client("Ann"), client("Boris"), client("Clara"));
    for (int turn = 1; turn <= 9; turn++) {
      for (int i = 0; i < 20; i++) {
        senders.get(0).snapshot(PICTURE);
      }
      senders.get(1).snapshot(PICTURE);
      senders.get(2).snapshot(PICTURE);
      senders.forEach(sender -> barrier(sender, viewer));
      viewer.drawn();
      viewer.awaitSnapshots(turn + 1);
    }
    List<String> shown = viewer.snapshots().stream().map(Snapshot::name).toList();
    for (Client sender : senders) {
      assertThat(shown).filteredOn(sender.name()::equals).as("of ten").hasSizeBetween(3, 4);
    }
  }

  @Test
  void whoComesLateIsToldWhichVideosAreOnAndGetsTheNextPicture() throws Exception {
    Client ann = client("Ann");
    Client boris = client("Boris");
    ann.snapshot(PICTURE);
    boris.awaitSnapshots(1);
    Client late = client("late");
    assertThat(late.events().get(0).path("video").valueStream().map(JsonNode::asString))
        .contains(ann.name())
        .doesNotContain(boris.name());
    ann.snapshot(PICTURE);
    late.awaitSnapshots(1);
    assertThat(videos(late)).as("what it is told besides").isEmpty();
  }

  enum End {
    STOPS(ann -> ann.snapshot(NOTHING)),
    LEAVES(Client::close),
    VANISHES(Client::vanish);

    private final Consumer<Client> how;

    End(Consumer<Client> how) {
      this.how = how;
    }
  }

  @ParameterizedTest
  @EnumSource
  void aVideoEndsForEverybodyOnceAndNothingOfItComesAfterwards(End end) throws Exception {
    Client ann = client("Ann");
    Client boris = client("Boris");
    ann.snapshot(PICTURE).snapshot(PICTURE);
    barrier(ann, boris);
    end.how.accept(ann);
    await("Boris to be told", () -> assertThat(videos(boris)).hasSize(2));
    boris.drawn();
    barrier(boris, boris);
    assertThat(videos(boris)).containsExactly(ann.name() + " on", ann.name() + " off");
    assertThat(boris.snapshots()).hasSize(1);
    Client late = client("late");
    assertThat(late.events().get(0).path("video")).isEmpty();
    if (end != End.STOPS) {
      boris.awaitTold("left", ann.name());
    }
  }

  @Test
  void whatEndsAVideoThatIsNotOnIsToldToNobody() throws Exception {
    Client ann = client("Ann");
    ann.snapshot(NOTHING).snapshot(NOTHING);
    barrier(ann, ann);
    assertThat(videos(ann)).isEmpty();
  }

  static Stream<Arguments> badPictures() {
    byte[] png = {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10};
    return Stream.of(
        Arguments.of("a text", "<svg onload=alert(1)>".getBytes()),
        Arguments.of("a PNG", png),
        Arguments.of("half a JPEG", Arrays.copyOf(PICTURE, PICTURE.length / 2)),
        Arguments.of("one that is too wide", Drawing.jpeg(641, 8, Color.RED)),
        Arguments.of("one that is too high", Drawing.jpeg(8, 641, Color.RED)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("badPictures")
  void aBadPictureEndsItsSendersVideoAndNobodyGetsIt(String what, byte[] bad) throws Exception {
    Client ann = client("Ann");
    Client boris = client("Boris");
    ann.snapshot(PICTURE);
    boris.awaitSnapshots(1);
    boris.drawn();
    barrier(boris, ann);
    ann.snapshot(bad);
    assertThat(ann.awaitEvent("stopped", 1).path("reason").asString()).as("why").endsWith(".");
    barrier(ann, boris);
    assertThat(videos(boris)).containsExactly(ann.name() + " on", ann.name() + " off");
    assertThat(boris.events("stopped")).isEmpty();
    assertThat(boris.snapshots()).hasSize(1);
    ann.snapshot(PICTURE);
    boris.awaitSnapshots(2);
  }

  @Test
  void aStrangerShowsNothingAndGetsNothing() throws Exception {
    Client ann = client("Ann");
    RawClient stranger = rawSocket();
    stranger.handshake();
    byte[] shown = Drawing.joined(new byte[] {2}, PICTURE);
    stranger.send(RawClient.frame(RawClient.BINARY, shown));
    stranger.send(RawClient.frame(RawClient.BINARY, new byte[] {2}));
    stranger.send(RawClient.frame(RawClient.BINARY, new byte[] {3}));
    ann.snapshot(PICTURE);
    ann.awaitSnapshots(1);
    stranger.send(RawClient.frame(RawClient.TEXT, fresh("stranger")));
    assertThat(stranger.read().text()).as("the first that it hears").contains("\"welcome\"");
    assertThat(videos(ann)).containsExactly(ann.name() + " on");
  }

  @Test
  void everybodyHearsOfAllVideosInOneOrder() throws Exception {
    List<Client> all = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      all.add(client("client"));
    }
    IntStream.range(0, 3)
        .mapToObj(
            i ->
                Waiting.inOwnThread(
                    () -> {
                      for (int n = 0; n < 100; n++) {
                        all.get(i).snapshot(PICTURE).snapshot(NOTHING).say("text " + n);
                      }
                    }))
        .toList()
        .forEach(speaking -> speaking.join());
    for (Client client : all) {
      await("all to hear all", () -> assertThat(told(client)).hasSize(900)); // on, off, text
      assertThat(Texts.firstDifference(told(all.get(0)), told(client))).isEqualTo("nowhere");
    }
  }

  private static List<String> told(Client client) {
    return client.events().stream()
        .filter(event -> event.path("type").asString().matches("said|video"))
        .map(JsonNode::toString)
        .toList();
  }
}
