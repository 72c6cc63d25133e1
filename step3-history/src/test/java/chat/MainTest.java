package chat;

import static chat.Waiting.inOwnThread;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Main as a process: what it prints, how it ends. */
class MainTest {

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "Windows has no SIGTERM")
  void itPrintsOneLineAndOnSigtermClosesEveryConnectionWith1001WithinASecond() throws Exception {
    try (Program program = Program.java()) {
      Client ann = new Client("Ann", program.webSocket());
      long begin = System.nanoTime();
      assertThat(program.stop("TERM")).isEqualTo(143);
      assertThat(ann.awaitClose()).isEqualTo("1001 The chat stopped.");
      assertThat(System.nanoTime() - begin).isLessThan(1_000_000_000L);
      assertThat(program.output())
          .isEqualTo("Open " + program.address() + " - Ctrl-C stops the chat.");
      assertThat(program.errors()).isEmpty();
    }
  }

  @Test
  void itsPortIsFreeAtOnceWhenItHasBeenKilled() throws Exception {
    int port;
    try (Program program = Program.java()) {
      new Client("Ann", program.webSocket()).say("Hi").awaitMessage("Hi");
      port = URI.create(program.address()).getPort();
      program.kill();
    }
    try (Program again = Program.java("-Dport=" + port)) {
      assertThat(again.address()).endsWith(":" + port);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"abc", "70000", "65535", "-1", "", " 8080", "8080.5", "99999999999"})
  void aBadPortIsOneSentence(String port) throws Exception {
    assertThat(complaint("-Dport=" + port))
        .isEqualTo(
            "The chat cannot start: port must be a number from 0 to 65534, not \"" + port + "\".");
  }

  @ParameterizedTest
  @ValueSource(strings = {"many", "-1", "1001"})
  void aBadHistoryIsOneSentence(String history) throws Exception {
    assertThat(complaint("-Dhistory=" + history))
        .isEqualTo(
            "The chat cannot start: history must be a number from 0 to 1000, not \""
                + history
                + "\".");
  }

  @Test
  void aHistoryFileThatIsAFolderIsOneSentence(@TempDir Path folder) throws Exception {
    assertThat(complaint("-Dhistory=50", "-Dhistory.file=" + folder))
        .startsWith("The chat cannot start: " + folder)
        .doesNotContain("\n");
  }

  @Test
  void aHistoryFileOfSomebodyElseIsOneSentenceAndStaysAsItWas(@TempDir Path folder)
      throws Exception {
    Path diary = Files.writeString(folder.resolve("diary.txt"), "Dear diary,\nall is well");
    assertThat(complaint("-Dhistory=50", "-Dhistory.file=" + diary))
        .isEqualTo("The chat cannot start: " + diary + ", line 1, is no message of this chat.");
    assertThat(diary).hasContent("Dear diary,\nall is well");
  }

  @Test
  void aHistoryFileThatAnotherChatUsesIsOneSentence(@TempDir Path folder) throws Exception {
    String file = folder.resolve("archive.jsonl").toString();
    try (Program first = Program.java("-Dhistory=50", "-Dhistory.file=" + file)) {
      first.address();
      assertThat(complaint("-Dhistory=50", "-Dhistory.file=" + file))
          .isEqualTo("The chat cannot start: " + file + " is in use by another chat.");
    }
  }

  /** The process is killed in the middle of a burst; what any client has seen is in the file. */
  @RepeatedTest(3)
  void whatAnybodyHasSeenIsInTheArchiveAlsoAfterKill9(@TempDir Path folder) throws Exception {
    Path archive = folder.resolve("archive.jsonl");
    List<Client> clients = new ArrayList<>();
    try (Program program = Program.java("-Dhistory=50", "-Dhistory.file=" + archive)) {
      for (int i = 0; i < 4; i++) {
        clients.add(new Client("client " + i, program.webSocket()));
      }
      CompletableFuture<?> burst =
          inOwnThread(
              () -> {
                for (int n = 0; n < 10_000_000; n++) {
                  clients.get(n % 4).say("message " + n);
                  while (clients.get(0).isOpen() && clients.get(0).count() < n - 200) {
                    Thread.onSpinWait(); // no more than 200 on their way, or the slowest is cut
                  }
                }
              });
      clients.get(3).awaitSaid(2000);
      program.kill();
      assertThatThrownBy(burst::join).isInstanceOf(CompletionException.class);
    }
    List<String> seen = new ArrayList<>();
    for (Client client : clients) {
      client.awaitEnd();
      seen.addAll(client.said());
    }
    try (History history = new History(archive, 1000);
        Stream<String> lines = Files.lines(archive)) {
      List<String> kept =
          lines
              .map(line -> Event.JSON.readValue(line, Event.Said.class))
              .map(said -> said.name() + ": " + said.text())
              .toList();
      assertThat(seen).hasSizeGreaterThan(2000);
      assertThat(new HashSet<>(kept)).containsAll(new HashSet<>(seen));
      assertThat(history.last()).hasSize(1000);
    }
  }

  @Test
  void anUnknownHostIsOneSentence() throws Exception {
    assertThat(complaint("-Dhost=no.such.host.invalid"))
        .matches(
            "The chat cannot start: cannot listen on no.such.host.invalid, port 0 \\(.+\\); choose another .+");
  }

  @Test
  void aPortInUseIsOneSentenceThatNamesIt() throws Exception {
    try (Program first = Program.java()) {
      int port = URI.create(first.address()).getPort();
      assertThat(complaint("-Dport=" + port))
          .matches(
              "The chat cannot start: cannot listen on localhost, port "
                  + port
                  + " \\(.+\\); choose another .+");
    }
  }

  @Test
  void aChatPortInUseIsOneSentenceThatNamesIt() throws Exception {
    try (ServerSocket taken = takenAboveAFreeOne()) {
      int port = taken.getLocalPort();
      assertThat(complaint("-Dport=" + (port - 1)))
          .matches(
              "The chat cannot start: cannot listen on localhost, port "
                  + port
                  + " \\(.+\\); choose another .+");
    }
  }

  /** A port in use, the port below which is free. */
  private static ServerSocket takenAboveAFreeOne() throws IOException {
    InetAddress localhost = InetAddress.getByName("localhost");
    while (true) {
      ServerSocket taken = new ServerSocket(0, 1, localhost);
      try (ServerSocket below = new ServerSocket(taken.getLocalPort() - 1, 1, localhost)) {
        assertThat(below.isBound()).isTrue();
        return taken;
      } catch (BindException e) {
        taken.close();
      }
    }
  }

  @Test
  void aSharedChatMayBeUsedFromEveryAddressThatItPrintsAndFromNoOther() throws Exception {
    try (Program program = Program.java("-Dhost=0.0.0.0")) {
      int chatPort = program.webSocket().getPort();
      assertThat(program.addresses()).last().asString().startsWith("http://localhost:");
      for (String origin : program.addresses()) {
        try (RawClient raw = new RawClient(chatPort)) {
          assertThat(raw.handshake("Origin: " + origin)).as(origin).startsWith("HTTP/1.1 101 ");
        }
      }
      try (RawClient raw = new RawClient(chatPort)) {
        assertThat(raw.handshake("Origin: http://other.example")).startsWith("HTTP/1.1 404 ");
      }
    }
  }

  @Test
  void aHeaderThatAnnouncesAHundredMegabytesCostsOnlyItsSender() throws Exception {
    try (Program program = Program.java("-Xmx64m")) {
      Client ann = new Client("Ann", program.webSocket());
      ByteBuffer header = ByteBuffer.allocate(14).put((byte) 0x81).put((byte) 0xff);
      header.putLong(100_000_000L).putInt(0);
      for (int i = 0; i < 4; i++) {
        try (RawClient raw = new RawClient(program.webSocket().getPort())) {
          raw.handshake();
          raw.send(header.array());
          assertThat(raw.readCloseCode()).isEqualTo(1009);
        }
      }
      ann.say("still here");
      ann.awaitMessage("still here");
      program.kill();
      assertThat(program.errors()).isEmpty();
    }
  }

  /** What it prints to standard error before it ends with a code that is not 0. */
  private static String complaint(String... settings) throws Exception {
    try (Program program = Program.java(settings)) {
      assertThat(program.awaitExit()).isEqualTo(1);
      assertThat(program.output()).isEmpty();
      return program.errors();
    }
  }
}
