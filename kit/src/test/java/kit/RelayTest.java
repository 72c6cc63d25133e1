package kit;

import static kit.Waiting.inOwnThread;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Messages over the wire, seen by clients that share no code with the server. */
class RelayTest extends Check {

  @Test
  @Article
  void aMessageReachesAllOthers() throws Exception {
    Client ann = client("Ann");
    Client boris = client("Boris");
    Client clara = client("Clara");
    ann.say("Hi");
    boris.awaitSaid(ann.line("Hi"));
    clara.awaitSaid(ann.line("Hi"));
  }

  @Test
  void aMessageComesBackToItsSender() throws Exception {
    Client ann = client("Ann");
    ann.say("Hi");
    ann.awaitSaid(ann.line("Hi"));
  }

  @Test
  void aMessageMayHoldEveryKindOfCharacter() throws Exception {
    Client ann = client("Ann");
    String text = "Привет, 世界! 😀 \"quotes\" \\ back \u2028 line\n\tשלום \u0001 </script>";
    ann.say(text);
    ann.awaitSaid(ann.line(text));
  }

  @Test
  void aMessageKeepsTheSpaceAroundIt() throws Exception {
    Client ann = client("Ann");
    ann.say("  two lines\n");
    ann.awaitSaid(1);
    assertThat(ann.said()).containsExactly(ann.line("  two lines\n"));
  }

  @Test
  void aBlankMessageReachesNobody() throws Exception {
    Client ann = client("Ann");
    ann.say("").say(" \t\n").say("after the blank ones");
    ann.awaitSaid(ann.line("after the blank ones"));
    assertThat(ann.said())
        .withFailMessage("Ann heard a blank message.")
        .containsExactly(ann.line("after the blank ones"));
  }

  /** Java's {@code isBlank} says so, too; JavaScript's {@code trim} and Python's do not. */
  @Test
  void aMessageOfNoBreakSpacesIsAText() throws Exception {
    Client ann = client("Ann");
    ann.say("\u00a0\u202f");
    ann.awaitSaid(ann.line("\u00a0\u202f"));
  }

  @Test
  @Steps(to = 2)
  void aNewcomerHearsNothingOfBefore() throws Exception {
    Client ann = client("Ann");
    ann.say("before");
    ann.awaitSaid(ann.line("before"));
    Client boris = client("Boris");
    ann.say("after");
    boris.awaitSaid(ann.line("after"));
    assertThat(boris.said()).containsExactly(ann.line("after"));
  }

  @Test
  void everybodyReceivesFiveThousandMessagesOfFourSpeakersInOneOrder() throws Exception {
    List<Client> all = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      all.add(client("client"));
    }
    CompletableFuture.allOf(
            IntStream.range(0, 4)
                .mapToObj(i -> inOwnThread(() -> speak(all.get(i), i)))
                .toArray(CompletableFuture[]::new))
        .join();
    for (Client client : all) {
      for (int heard = 500; heard <= 5000; heard += 500) {
        client.awaitSaid(heard); // one after another: who gets on is not late
      }
      assertThat(Texts.firstDifference(all.get(0).said(), client.said()))
          .as("where two clients have received the messages in another order")
          .isEqualTo("nowhere");
    }
    assertThat(new HashSet<>(all.get(0).said())).as("different messages").hasSize(5000);
  }

  private static void speak(Client client, int speaker) {
    for (int i = 0; i < 1250; i++) {
      client.say(speaker + " says " + i);
    }
  }

  @Test
  void aHundredClientsThatComeAndVanishLeaveTheChatAsItWas() throws Exception {
    Client ann = client("Ann");
    String ghost = fresh("ghost");
    for (int i = 0; i < 100; i++) {
      RawClient raw = rawSocket();
      if (i % 2 == 0) {
        raw.handshake();
      }
      raw.send(RawClient.frame(RawClient.TEXT, ghost + " " + i));
      raw.reset();
    }
    if (Subject.STEP > 1) {
      Client barrier = client("barrier"); // behind all of them
      ann.awaitTold("joined", barrier.events().get(0).path("name").asString());
      Waiting.await(
          "everybody who joined to have left",
          () -> assertThat(ghosts(ann, "left", ghost)).isEqualTo(ghosts(ann, "joined", ghost)));
    }
    ann.say("still here");
    ann.awaitSaid(ann.line("still here"));
  }

  private static long ghosts(Client client, String type, String ghost) {
    return client.told(type).stream().filter(name -> name.startsWith(ghost + " ")).count();
  }
}
