package chat;

import static kit.Texts.errors;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import chat.Event.Said;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordingFile;
import kit.Checklist;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The archive by itself: a file and its last lines. */
@ExtendWith(Checklist.class)
class ArchiveTest {

  @TempDir private Path folder;

  private Path archive() {
    return folder.resolve("archive.jsonl");
  }

  @Test
  void messagesAreThereAgainWhenTheArchiveIsOpenedAgain() throws Exception {
    List<Said> added = new ArrayList<>();
    try (History history = History.in(archive(), 50)) {
      for (long seed = 0; seed < 50; seed++) {
        Random random = new Random(seed);
        String text =
            random
                .ints(random.nextInt(200), 0, 0x2fff)
                .mapToObj(Character::toString)
                .collect(Collectors.joining());
        added.add(history.add("Zoë \"😀\" \\", text + "\"\\\n\r\t\0\u2028😀"));
      }
      assertThat(history.last()).isEqualTo(added);
    }
    try (History again = History.in(archive(), 50)) {
      assertThat(again.last()).isEqualTo(added);
      assertThat(again.add("Ann", "next").id()).isEqualTo(51);
    }
    assertThat(Files.readAllLines(archive())).hasSize(51);
  }

  @Test
  void aSmallerSizeRemembersFewerMessagesAndALargerOneAll() throws Exception {
    addTo(archive(), 10);
    try (History three = History.in(archive(), 3)) {
      assertThat(three.last())
          .extracting(Said::text)
          .containsExactly("text 8", "text 9", "text 10");
      three.add("Ann", "text 11");
      assertThat(three.last()).extracting(Said::id).containsExactly(9L, 10L, 11L);
    }
    try (History many = History.in(archive(), 1000)) {
      assertThat(many.last())
          .extracting(Said::id)
          .isEqualTo(LongStream.rangeClosed(1, 11).boxed().toList());
    }
  }

  @Test
  void theLongestMessagesArePartOfTheTailToo() throws Exception {
    String longest = "\0".repeat(16 * 1024);
    try (History history = History.in(archive(), 50)) {
      for (int i = 0; i < 60; i++) {
        history.add("Ann", longest);
      }
    }
    try (Archive again = new Archive(archive())) {
      List<Said> last = again.recover(50);
      assertThat(last).hasSize(50).allMatch(said -> said.text().equals(longest));
      assertThat(last.get(0).id()).isEqualTo(11);
    }
  }

  /** A newcomer that does not read must not cost megabytes. */
  @Test
  void aHistoryOfLongMessagesKeepsOnlyTheLastOnes() throws Exception {
    String longest = "\0".repeat(16 * 1024); // six characters of JSON for each
    for (int start = 0; start < 2; start++) { // what is added, and what is read again
      try (History history = History.in(archive(), 50)) {
        for (int i = 0; i < 5 && start == 0; i++) {
          history.add("Ann", longest);
        }
        assertThat(history.last()).extracting(Said::id).containsExactly(4L, 5L);
      }
    }
  }

  @Test
  void aTornLastLineIsCutOffWhereverItIsTorn() throws Exception {
    addTo(archive(), 3);
    byte[] whole = Files.readAllBytes(archive());
    String third = Files.readAllLines(archive()).get(2);
    int begin = whole.length - third.getBytes().length - 1;
    for (int length = begin; length < whole.length - 1; length++) {
      Files.write(archive(), Arrays.copyOf(whole, length));
      try (History history = History.in(archive(), 50)) {
        assertThat(history.last()).extracting(Said::text).containsExactly("text 1", "text 2");
        assertThat(Files.size(archive())).isEqualTo(begin);
        assertThat(history.add("Ann", "again").id()).isEqualTo(3);
      }
      assertThat(Files.readAllLines(archive())).hasSize(3);
    }
  }

  @Test
  void aWholeLastLineWithoutItsLineFeedIsKept() throws Exception {
    addTo(archive(), 3);
    byte[] whole = Files.readAllBytes(archive());
    Files.write(archive(), Arrays.copyOf(whole, whole.length - 1));
    try (History history = History.in(archive(), 50)) {
      assertThat(history.last()).extracting(Said::id).containsExactly(1L, 2L, 3L);
      assertThat(Files.readAllBytes(archive())).isEqualTo(whole);
      assertThat(history.add("Ann", "next").id()).isEqualTo(4);
    }
    assertThat(Files.readAllLines(archive())).hasSize(4);
  }

  /** As a power cut leaves them on some file systems. */
  @Test
  void zerosBehindTheLastLineAreCutOffTornOrNot() throws Exception {
    addTo(archive(), 2);
    byte[] whole = Files.readAllBytes(archive());
    for (String torn : List.of("", "{\"type\":\"said\",\"id\":3,\"at\"")) {
      for (int zeros : List.of(1, 8, 200_000)) {
        Files.write(archive(), whole);
        Files.writeString(archive(), torn + "\0".repeat(zeros), StandardOpenOption.APPEND);
        try (History history = History.in(archive(), 50)) {
          assertThat(history.last()).extracting(Said::id).containsExactly(1L, 2L);
          assertThat(Files.readAllBytes(archive())).isEqualTo(whole);
          assertThat(history.add("Ann", "next").id()).isEqualTo(3);
        }
      }
    }
  }

  /** Step 4 writes pictures; a class may go back to step 3. */
  @Test
  void membersThatAnotherStepHasWrittenStayAsTheyAre() throws Exception {
    String line =
        "{\"type\":\"said\",\"id\":1,\"at\":\"2026-11-24T09:30:00Z\",\"name\":\"Ann\",\"text\":\"Hi\","
            + "\"picture\":{\"path\":\"/pictures/a.jpg\",\"width\":1,\"height\":2}}\n";
    Files.writeString(archive(), line);
    try (History history = History.in(archive(), 50)) {
      assertThat(history.last()).extracting(Said::text).containsExactly("Hi");
      history.add("Ann", "next");
    }
    assertThat(Files.readString(archive())).startsWith(line);
    assertThat(Files.readAllLines(archive())).hasSize(2);
  }

  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "elsewhere an open file cannot be replaced")
  void aFileThatWasReplacedWhileItIsOpenIsNotWrittenOn() throws Throwable {
    addTo(archive(), 2);
    try (History history = History.in(archive(), 50)) {
      Path copy = Files.copy(archive(), folder.resolve("copy"));
      Files.move(copy, archive(), StandardCopyOption.REPLACE_EXISTING);
      String cause = archive() + " was changed by another program.";
      String printed =
          errors(() -> assertThatThrownBy(() -> history.add("Ann", "lost?")).hasMessage(cause));
      assertThat(printed.strip()).isEqualTo("Messages cannot be saved: " + cause);
    }
    assertThat(Files.readAllLines(archive())).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Dear diary,",
        "",
        "{}",
        "null",
        "[]",
        "{\"type\":\"said\",\"id\":4}",
        "{\"type\":\"left\",\"name\":\"Ann\"}",
        "{\"type\":\"said\",\"id\":4,\"at\":\"yesterday\",\"name\":\"Ann\",\"text\":\"Hi\"}",
        "{\"type\":\"said\",\"id\":3,\"at\":\"2026-11-24T09:30:00Z\",\"name\":\"Ann\",\"text\":\"Hi\"}",
        "{\"type\":\"said\",\"id\":4,\"at\":\"2026-11-24T09:30:00Z\",\"name\":\"Ann\",\"text\":\"Hi\"} ",
      })
  void aForeignLineIsAnErrorThatNamesFileAndLineAndTheFileStaysAsItWas(String line)
      throws Exception {
    addTo(archive(), 3);
    Files.writeString(archive(), line + "\n{\"type\":\"said\",\"id\":5", StandardOpenOption.APPEND);
    byte[] before = Files.readAllBytes(archive());
    assertThatThrownBy(() -> History.in(archive(), 50))
        .isInstanceOf(IOException.class)
        .hasMessage(archive() + ", line 4, is no message of this chat.");
    assertThat(Files.readAllBytes(archive())).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a text without a line feed",
        "x",
        "\n",
        "\0\0\0",
        "{",
        "{\"type\":\"said\",\"id\":2,\"at\":\"20",
        "{\"type\":\"said\",\"id\":1,\"note\":\"of somebody else\"}",
        "{\"type\":\"said\",\"id\":1,\"note\":\"a\"} {\"more\":1}",
        "{\"name\":\"Ann\"}"
      })
  void aFileThatIsNoArchiveStaysAsItWas(String content) throws Exception {
    Files.writeString(archive(), content);
    assertThatThrownBy(() -> History.in(archive(), 50))
        .hasMessage(archive() + ", line 1, is no message of this chat.");
    assertThat(archive()).hasContent(content);
  }

  /** As an editor leaves them: nothing may be taken for half a line that is a whole one. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"type\":\"said\",\"id\":4,\"at\":\"2026-11-24T09:30:00Z\",\"name\":\"Ann\",\"text\":\"Hi\" }",
        "{\"type\":\"said\",\"id\":4,\"at\":\"2026-11-24T09:30:00Z\",\"name\":\"Ann\",\"text\":\"Hi\"} ",
        "{\"type\":\"said\",\"id\":3,\"at\":\"2026-11-24T09:30:00Z\",\"name\":\"Ann\",\"text\":\"Hi\"}",
        "{\"type\":\"said\",\"id\":5,\"at\":\"20",
        "{\"type\":\"left\",\"name\":\"Ann\"}",
        " ",
        "Dear diary"
      })
  void aLastLineThatIsNotOursIsAnErrorAlsoWithoutALineFeed(String line) throws Exception {
    addTo(archive(), 3);
    Files.writeString(archive(), line, StandardOpenOption.APPEND);
    byte[] before = Files.readAllBytes(archive());
    assertThatThrownBy(() -> History.in(archive(), 50))
        .hasMessage(archive() + ", line 4, is no message of this chat.");
    assertThat(Files.readAllBytes(archive())).isEqualTo(before);
  }

  @Test
  void nothingIsChangedBeforeTheEarlierLinesAreKnownToBeOurs() throws Exception {
    addTo(archive(), 4);
    List<String> lines = new ArrayList<>(Files.readAllLines(archive()));
    lines.set(1, "Dear diary,");
    for (String last : List.of(lines.get(3), lines.get(3).substring(0, 30))) {
      lines.set(3, last); // without its line feed, or torn
      Files.writeString(archive(), String.join("\n", lines));
      byte[] before = Files.readAllBytes(archive());
      assertThatThrownBy(() -> History.in(archive(), 50))
          .hasMessage(archive() + ", line 2, is no message of this chat.");
      assertThat(Files.readAllBytes(archive())).isEqualTo(before);
    }
  }

  @Test
  void aLineThatIsNotUtf8IsForeign() throws Exception {
    addTo(archive(), 3);
    byte[] bytes = Files.readAllBytes(archive());
    bytes[new String(bytes).indexOf("text 2")] = (byte) 0xc3;
    Files.write(archive(), bytes);
    assertThatThrownBy(() -> History.in(archive(), 50)).hasMessageContaining("line 2");
    assertThat(Files.readAllBytes(archive())).isEqualTo(bytes);
  }

  @Test
  void onlyALineFeedEndsALine() throws Exception {
    Files.writeString(archive(), "one\rtwo\nthree\n");
    assertThatThrownBy(() -> History.in(archive(), 1)).hasMessageContaining("line 2,");
  }

  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "makes a pipe")
  void aPipeIsAnErrorThatNamesIt() throws Exception {
    Path pipe = folder.resolve("pipe");
    assertThat(run("mkfifo", pipe.toString())).isZero();
    assertThatThrownBy(() -> History.in(pipe, 50))
        .isInstanceOf(IOException.class)
        .hasMessage(pipe + " cannot be the archive: Illegal seek.");
  }

  @Test
  void aLineThatIsTooLongForAMessageIsForeignAndNotReadWhole() throws Exception {
    addTo(archive(), 3);
    Files.writeString(archive(), "x".repeat(20_000_000), StandardOpenOption.APPEND);
    long read =
        bytesReadBy(
            () ->
                assertThatThrownBy(() -> History.in(archive(), 1000))
                    .hasMessageContaining("line 4"));
    assertThat(read).isLessThan(22_000_000); // once, to count the lines; and a tail
  }

  @Test
  void aMissingFolderAndAFolderInPlaceOfTheFileAreErrors() {
    assertThatThrownBy(() -> History.in(folder.resolve("no/such.jsonl"), 50))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("such.jsonl");
    assertThatThrownBy(() -> History.in(folder, 50))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(folder.toString());
  }

  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "a file that not even root may write")
  void aFileThatMayNotBeWrittenIsAnError() throws Throwable {
    ThrowingRunnable write =
        () -> {
          try (History history = History.in(Path.of("/proc/version"), 50)) {
            history.add("Ann", "Hi");
          }
        };
    errors(() -> assertThatThrownBy(write::run).isInstanceOf(IOException.class));
  }

  @Test
  void aHistoryWithoutAnArchiveOnlyNumbersMessages() throws Exception {
    try (History history = History.none()) {
      assertThat(history.add("Ann", "one").id()).isEqualTo(1);
      assertThat(history.add("Ann", "two").id()).isEqualTo(2);
      assertThat(history.last()).isEmpty();
    }
    assertThat(archive()).doesNotExist();
  }

  /** On a file system of 64 KiB: what did not fit leaves no trace, and with room it goes on. */
  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "mounts a small file system")
  void aFullDiskLosesOnlyTheMessageThatDidNotFit() throws Throwable {
    assumeTrue(
        run("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", folder.toString()) == 0,
        "only root may mount a file system");
    try (History history = History.in(archive(), 50)) {
      Path ballast = Files.write(folder.resolve("ballast"), new byte[40 * 1024]);
      List<Said> kept = new ArrayList<>();
      ThrowingRunnable fill =
          () -> {
            for (int i = 0; i < 1000; i++) {
              kept.add(history.add("Ann", "x".repeat(1000)));
            }
          };
      String printed = errors(() -> assertThatThrownBy(fill::run).isInstanceOf(IOException.class));
      assertThat(printed).startsWith("Messages cannot be saved: ");
      assertThat(kept).isNotEmpty();
      assertThat(history.last()).isEqualTo(kept);
      Files.delete(ballast);
      kept.add(history.add("Ann", "there is room again"));
      assertThat(Files.readAllLines(archive())).isEqualTo(kept.stream().map(Said::toJson).toList());
    } finally {
      run("umount", folder.toString());
    }
  }

  private static int run(String... command) throws Exception {
    return new ProcessBuilder(command).start().waitFor();
  }

  /** With {@code -Plong}, of ten million. */
  @Test
  void anArchiveOfAMillionLinesIsReadOnlyAtItsEnd() throws Exception {
    int count = Boolean.getBoolean("proof.long") ? 10_000_000 : 1_000_000;
    try (BufferedWriter lines = Files.newBufferedWriter(archive())) {
      Instant at = Instant.parse("2026-11-24T09:30:00Z");
      String rest = new Said(1, at, "Ann", "Hi").toJson().replaceFirst(".*\"id\":1", "") + "\n";
      for (int id = 1; id <= count; id++) {
        lines.append("{\"type\":\"said\",\"id\":").append(Integer.toString(id)).append(rest);
      }
    }
    long read =
        bytesReadBy(
            () -> {
              try (History history = History.in(archive(), 50)) {
                assertThat(history.last())
                    .extracting(Said::id)
                    .isEqualTo(LongStream.rangeClosed(count - 49, count).boxed().toList());
                assertThat(history.add("Ann", "Hi").id()).isEqualTo(count + 1);
              }
            });
    assertThat(read).isBetween(4_000L, 40_000L);
  }

  /** As the JDK's own flight recorder counts them. */
  private long bytesReadBy(Work work) throws Exception {
    Path record = folder.resolve("reads.jfr");
    try (Recording recording = new Recording()) {
      recording.enable("jdk.FileRead").withoutThreshold().withoutStackTrace();
      recording.start();
      work.run();
      recording.stop();
      recording.dump(record);
    }
    return RecordingFile.readAllEvents(record).stream()
        .filter(event -> event.getEventType().getName().equals("jdk.FileRead"))
        .filter(event -> archive().toString().equals(event.getString("path")))
        .mapToLong(event -> event.getLong("bytesRead"))
        .sum();
  }

  private interface Work {
    void run() throws Exception;
  }

  private static void addTo(Path archive, int messages) throws IOException {
    try (History history = History.in(archive, 50)) {
      for (int i = 1; i <= messages; i++) {
        history.add("Ann", "text " + i);
      }
    }
  }
}
