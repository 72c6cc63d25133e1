package kit;

import static kit.Waiting.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.PATH;

import java.awt.Color;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** From step 4 on: the pictures of a program that is stopped, killed, and started again. */
@Own
@Once
@Steps(from = 4, to = 6)
class KeptPicturesTest extends Check {

  private static final byte[] RED = Drawing.jpeg(64, 48, Color.RED);

  @TempDir private Path folder;

  private Path archive() {
    return folder.resolve("archive.jsonl");
  }

  private Path pictures() {
    return folder.resolve("pictures");
  }

  private Program start(String... more) throws Exception {
    return program(withFolder(more));
  }

  private String[] withFolder(String... more) {
    List<String> own = List.of("-Dhistory.file=" + archive(), "-Dpictures.folder=" + pictures());
    return Stream.concat(own.stream(), Stream.of(more)).toArray(String[]::new);
  }

  private static List<Path> filesIn(Path folder) throws Exception {
    if (!Files.exists(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".jpg")).toList();
    }
  }

  /** Shows a picture with these words, and returns its path as soon as it is told. */
  private static String show(Client client, String words) {
    client.show(RED, words).awaitSaid(client.line(words));
    List<JsonNode> said = client.saidEvents();
    return said.get(said.size() - 1).path("picture").path("path").asString();
  }

  private static int status(Subject chat, String path) throws Exception {
    return PicturesTest.ask("GET", chat.page().resolve(path)).statusCode();
  }

  @Test
  void whatWasShownCanBeLoadedAlsoAfterKill9AndTheOldestGoFirst() throws Exception {
    Program first = start();
    Client ann = clientNamed("Ann", first.subject());
    String one = show(ann, "one");
    String two = show(ann, "two");
    first.kill();
    Subject again = start("-Dpictures=2").subject();
    Client boris = clientNamed("Boris", again);
    JsonNode history = boris.events().get(0).path("history");
    assertThat(history).containsExactlyElementsOf(ann.saidEvents());
    assertThat(List.of(status(again, one), status(again, two))).containsExactly(200, 200);
    String three = show(boris, "three");
    assertThat(status(again, one)).as("the oldest").isEqualTo(404);
    assertThat(List.of(status(again, two), status(again, three))).containsExactly(200, 200);
    assertThat(filesIn(pictures())).hasSize(2);
    assertThat(clientNamed("Clara", again).history())
        .as("its words are not forgotten")
        .containsExactly("Ann: one", "Ann: two", "Boris: three");
  }

  @Test
  void whatHasComeIsInTheFolderByteByByte() throws Exception {
    Client ann = clientNamed("Ann", start().subject());
    ann.show(RED, "kept");
    await(
        "the picture to be in the folder",
        () -> assertThat(filesIn(pictures())).singleElement(PATH).hasBinaryContent(RED));
  }

  @Test
  void anArchiveOfStep3IsReadAndGoesOn() throws Exception {
    String said =
        "{\"type\":\"said\",\"id\":41,\"at\":\"2026-11-24T09:30:00.125Z\",\"name\":\"Ann\",\"text\":\"Hi\"}\n";
    Files.writeString(archive(), said);
    Subject chat = start().subject();
    Client boris = clientNamed("Boris", chat);
    assertThat(boris.history()).containsExactly("Ann: Hi");
    show(boris, "a picture");
    assertThat(boris.saidEvents().get(0).path("id").asLong()).isEqualTo(42);
    assertThat(Files.readString(archive())).startsWith(said);
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "Windows has no SIGTERM")
  void withoutAnArchivePicturesAreGoneWhenTheChatHasStopped() throws Exception {
    Program program = start("-Dhistory=0", "-Djava.io.tmpdir=" + folder);
    Subject chat = program.subject();
    Client ann = clientNamed("Ann", chat);
    String path = show(ann, "for now");
    assertThat(status(chat, path)).isEqualTo(200);
    assertThat(clientNamed("Boris", chat).history()).isEmpty();
    program.stop("TERM");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void withoutAnArchiveTheNextStartRemovesThePicturesOfAChatThatWasKilled() throws Exception {
    Program killed = start("-Dhistory=0", "-Djava.io.tmpdir=" + folder);
    show(clientNamed("Ann", killed.subject()), "for now");
    Program running = start("-Dhistory=0", "-Djava.io.tmpdir=" + folder);
    String path = show(clientNamed("Boris", running.subject()), "for now");
    killed.kill();
    start("-Dhistory=0", "-Djava.io.tmpdir=" + folder).subject();
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).as("the folder of the chat that runs").hasSize(1);
    }
    assertThat(status(running.subject(), path)).isEqualTo(200);
  }

  @Test
  void twoChatsDoNotShareAFolder() throws Exception {
    Subject first = start().subject();
    String path = show(clientNamed("Ann", first), "one");
    Program second =
        program("-Dhistory.file=" + folder.resolve("other"), "-Dpictures.folder=" + pictures());
    assertThat(second.awaitExit()).isEqualTo(1);
    assertThat(second.errors())
        .isEqualTo(
            "The chat cannot start: %s cannot be the folder of pictures: another chat uses it. Choose another with -Dpictures.folder."
                .formatted(pictures()));
    assertThat(status(first, path)).isEqualTo(200);
  }

  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "a disk that is full: with a limit")
  void onAFullDiskThePictureIsRefusedNothingHalfIsLeftAndTheChatLivesOn() throws Exception {
    // No file may grow beyond 4 KiB.
    Subject chat = closed(Program.limited("-f 4", withFolder())).subject();
    Client ann = clientNamed("Ann", chat);
    Client boris = clientNamed("Boris", chat);
    show(ann, "small");
    ann.show(Drawing.filled(RED, 5000), "too large for the disk");
    assertThat(ann.awaitRefusal()).isEqualTo("Your picture could not be saved.");
    ann.show(RED, "too large for the archive".repeat(200));
    ann.awaitEvent("refused", 2);
    show(ann, "small again");
    boris.awaitSaid("Ann: small again");
    assertThat(boris.said()).containsExactly("Ann: small", "Ann: small again");
    assertThat(filesIn(pictures())).hasSize(2);
    assertThat(Files.readAllLines(archive())).hasSize(2);
  }
}
