package kit;

import static kit.Waiting.inOwnThread;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** From step 3 on: the archive of a program that is stopped, killed, and started again. */
@Own
@Steps(from = 3)
class RestartTest extends Check {

  @TempDir private Path folder;

  private Path archive() {
    return folder.resolve("archive.jsonl");
  }

  private Subject start(String... settings) throws Exception {
    return program(settings).subject();
  }

  @Test
  @Once
  void whatWasSaidBeforeARestartIsThereAgainAndIdsGoOn() throws Exception {
    Program first = program("-Dhistory.file=" + archive());
    Client ann = clientNamed("Ann", first.subject());
    ann.say("before the restart");
    ann.awaitSaid("Ann: before the restart");
    first.kill();
    Subject again = start("-Dhistory.file=" + archive());
    Client boris = clientNamed("Boris", again);
    assertThat(boris.history()).containsExactly("Ann: before the restart");
    boris.say("after it");
    boris.awaitSaid("Boris: after it");
    assertThat(boris.saidEvents().get(0).path("id").asLong()).isEqualTo(2);
  }

  @Test
  @Once
  void withoutAnArchiveTheNewcomerHearsNothingOfBeforeAndThereIsNoFile() throws Exception {
    Subject chat = start("-Dhistory=0", "-Dhistory.file=" + archive());
    Client ann = clientNamed("Ann", chat);
    ann.say("Hi");
    ann.awaitSaid("Ann: Hi");
    Client boris = clientNamed("Boris", chat);
    assertThat(boris.history()).isEmpty();
    assertThat(boris.events().get(0).has("history")).as("an empty history is told").isTrue();
    assertThat(archive()).doesNotExist();
  }

  @Test
  @Once
  void whatAnybodyHasSeenIsInTheArchiveAlsoAfterKill9() throws Exception {
    killInABurst();
  }

  @RepeatedTest(10)
  @LongProof
  void whateverTheMoment() throws Exception {
    killInABurst();
  }

  /** The process is killed in the middle of a burst; what any client has seen is in the file. */
  private void killInABurst() throws Exception {
    List<Client> clients = new ArrayList<>();
    Program program = program("-Dhistory.file=" + archive());
    Subject chat = program.subject();
    for (int i = 0; i < 4; i++) {
      clients.add(clientNamed("client " + i, chat));
    }
    CompletableFuture<?> burst =
        inOwnThread(
            () -> {
              for (int n = 0; n < 10_000_000; n++) {
                clients.get(n % 4).say("message " + n);
                while (clients.get(0).isOpen() && clients.get(0).saidCount() < n - 200) {
                  Thread.onSpinWait(); // no more than 200 on their way, or the slowest is cut
                }
              }
            });
    clients.get(3).awaitSaid(1000);
    program.kill();
    assertThatThrownBy(burst::join).isInstanceOf(CompletionException.class);
    Set<String> kept = new HashSet<>();
    for (String line : Files.readAllLines(archive())) {
      JsonNode said = JsonMapper.shared().readTree(line);
      kept.add(said.path("name").asString() + ": " + said.path("text").asString());
    }
    for (Client client : clients) {
      client.awaitEnd();
      assertThat(client.said()).hasSizeGreaterThan(500);
      assertThat(client.said().stream().filter(line -> !kept.contains(line)).toList())
          .as("seen, and not in the archive")
          .isEmpty();
    }
  }

  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "a disk that is full: with a limit")
  @Once
  void aFullDiskClosesTheSenderWith1011NobodyElseHearsItAndTheChatLivesOn() throws Exception {
    Subject chat = closed(Program.withFullDisk()).subject();
    Client boris = clientNamed("Boris", chat);
    try (RawClient ann = RawClient.join("Ann", chat.socket())) {
      byte[] one = RawClient.frame(RawClient.TEXT, "lost?");
      ann.send(Drawing.joined(one, one)); // in one piece, so both are read
      assertThat(ann.readCloseCode()).isEqualTo(1011);
    }
    boris.awaitTold("left", "Ann");
    assertThat(boris.said()).isEmpty();
    Client again = clientNamed("Ann", chat);
    assertThat(again.history()).isEmpty();
    again.say("lost again?");
    assertThat(again.awaitClose()).startsWith("1011");
  }

  @Test
  @Once
  void whatASecondProgramHasDoneToTheArchiveIsNotWrittenOverAndTheSenderIsTold() throws Exception {
    Program program = program("-Dhistory.file=" + archive());
    Subject chat = program.subject();
    Client boris = clientNamed("Boris", chat);
    boris.say("first").say("second").awaitSaid(2);
    String whole = Files.readString(archive());
    String changed = whole.substring(whole.indexOf('\n') + 1); // as an editor saves it
    Files.writeString(archive(), changed);
    Client ann = clientNamed("Ann", chat);
    ann.say("where to?");
    assertThat(ann.awaitClose()).startsWith("1011");
    assertThat(Files.readString(archive())).isEqualTo(changed);
    Files.delete(archive());
    assertThat(clientNamed("Ann", chat).say("and now?").awaitClose()).startsWith("1011");
    boris.awaitTold("left", "Ann");
    assertThat(boris.said()).hasSize(2);
    program.kill();
    assertThat(program.errors()).as("the cause, once").startsWith("Messages cannot be saved: ");
    assertThat(program.errors().lines()).hasSize(1);
  }

  // In the browser: what could not be saved is offered again, nothing else is.

  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "a disk that is full: with a limit")
  void whatCouldNotBeSavedIsShownToItsSenderAlsoAfterAReload() throws Exception {
    Subject chat = closed(Program.withFullDisk()).subject();
    Tab ann = browser().join("Ann", chat.page());
    ann.say("lost?");
    ann.awaitStatus("Not connected. Your message could not be saved.");
    assertThat(ann.texts("#unsent bdi")).isEqualTo(List.of("lost?"));
    ann.reload();
    assertThat(ann.texts("#unsent bdi")).isEqualTo(List.of("lost?"));
  }

  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "a disk that is full, then not: with a limit")
  void whatCouldNotBeSavedIsOfferedAgainAlsoAfterAReload() throws Exception {
    // No file of this process may grow beyond 4 KiB: like a disk that is full, but not for long.
    String port = "-Dport=" + Program.freePort();
    Program full = closed(Program.limited("-f 4", port, "-Dhistory.file=" + archive()));
    Subject chat = full.subject();
    Tab ann = browser().join("Ann", chat.page());
    ann.say("saved");
    ann.awaitMessage("Ann: saved");
    ann.paste("x".repeat(4500));
    ann.awaitStatus("Not connected. Your message could not be saved.");
    ann.find("#text").sendKeys("a draft");
    assertThat(ann.texts("#unsent bdi")).isEqualTo(List.of("x".repeat(4500)));
    ann.reload();
    assertThat(ann.texts("#unsent bdi")).isEqualTo(List.of("x".repeat(4500)));
    assertThat(ann.valueOf("#text")).isEqualTo("a draft");
    Client boris = clientNamed("Boris", chat);
    boris.say("x".repeat(100));
    boris.awaitSaid("Boris: " + "x".repeat(100));
    assertThat(ann.texts("#unsent bdi")).as("another user's message changes nothing").hasSize(1);
    full.kill();
    Program roomAgain = program(port, "-Dhistory.file=" + archive());
    roomAgain.subject();
    ann.awaitStatus("Not connected");
    ann.reload();
    ann.find("#unsent button").click();
    ann.awaitMessage("Ann: " + "x".repeat(4500));
    assertThat(ann.texts("#unsent li")).isEmpty();
    ann.reload();
    assertThat(ann.texts("#unsent li")).isEmpty();
  }

  /** As after a lost connection: the old name is still taken, so the user comes in as another. */
  @Test
  void whatWasSavedIsNotOfferedAgainWhateverStandsBeforeItAndWhateverTheNewName() throws Exception {
    Subject chat = start("-Dhistory.file=" + archive());
    Client boris = clientNamed("Boris", chat);
    Tab ann = browser().join("Ann", chat.page());
    ann.say("saved");
    ann.awaitMessage("Ann: saved");
    ann.script(
        """
        sessionStorage.setItem("unsent", JSON.stringify(["never saved", "saved"]));
        sessionStorage.setItem("seen", 0); // its echo did not come
        """);
    ann.leave();
    boris.awaitTold("left", "Ann");
    clientNamed("Ann", chat);
    ann.script("location = arguments[0]", chat.page().toString());
    ann.awaitStatus("Not connected. Somebody with this name");
    ann.knock("Ann 2");
    ann.awaitStatus("Connected as Ann 2");
    assertThat(ann.texts("#unsent bdi")).containsExactly("never saved");
  }

  /** A separator that only Java takes for white space, and half of a pair of surrogates. */
  @Test
  void aTextThatTheServerIgnoresOrRepairsIsNotOfferedAgain() throws Exception {
    Program program = program("-Dhistory.file=" + archive());
    Tab ann = browser().join("Ann", program.subject().page());
    ann.script(
        """
        for (const words of ["\\u001c", "half \\ud800", "last"]) {
          document.querySelector("#text").value = words;
          document.querySelector("#say").requestSubmit();
        }
        """);
    ann.awaitMessages("Ann: half \ufffd", "Ann: last");
    program.kill();
    ann.awaitStatus("Not connected");
    assertThat(ann.texts("#unsent li")).isEmpty();
  }

  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "a disk that is full: with a limit")
  void ofSeveralThatCouldNotBeSavedEachIsOfferedAndEachCanBeDiscarded() throws Exception {
    Subject chat = closed(Program.withFullDisk()).subject();
    Tab ann = browser().join("Ann", chat.page());
    ann.script(
        """
        for (const words of ["first", "second"]) {
          document.querySelector("#text").value = words;
          document.querySelector("#say").requestSubmit();
        }
        """);
    ann.awaitStatus("Not connected. Your message could not be saved.");
    assertThat(ann.texts("#unsent bdi")).isEqualTo(List.of("first", "second"));
    ann.find("#unsent li:first-child button:last-child").click();
    assertThat(ann.texts("#unsent bdi")).isEqualTo(List.of("second"));
    ann.reload();
    assertThat(ann.texts("#unsent bdi")).isEqualTo(List.of("second"));
  }
}
