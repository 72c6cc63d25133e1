package kit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.BindException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The step as a program: what it prints, how it ends. */
@Own
class ProgramTest extends Check {

  @Test
  @Plumbing
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "Windows has no SIGTERM")
  void itPrintsOneLineAndOnSigtermClosesEveryConnectionWith1001WithinASecond() throws Exception {
    Program program = program();
    Subject chat = program.subject();
    Client ann = clientNamed("Ann", chat);
    Client boris = clientNamed("Boris", chat);
    long begin = System.nanoTime();
    assertThat(program.stop("TERM")).isEqualTo(143);
    assertThat(ann.awaitClose()).isEqualTo("1001 The chat stopped.");
    assertThat(boris.awaitClose()).isEqualTo("1001 The chat stopped.");
    assertThat(System.nanoTime() - begin).isLessThan(1_000_000_000L);
    assertThat(program.output()).isEqualTo("Open " + chat.page() + " - Ctrl-C stops the chat.");
    assertThat(program.errors()).isEmpty();
  }

  /** The signal comes at some moments of a start, one after another. */
  @Test
  @Plumbing
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "Windows has no SIGTERM")
  void aSignalAtAnyMomentOfTheStartEndsItWithoutAStackTrace() throws Exception {
    for (int moment = 0; moment < 12; moment += Session.LONG ? 1 : 5) {
      // The JVM logs each class that it loads: a way to know how far the start has come.
      try (Program program = Program.java("-Xlog:class+load:stdout")) {
        program.awaitLine(" chat.Main ");
        program.skip(moment * 60);
        program.signal("TERM");
        program.drain();
        assertThat(program.awaitExit()).isEqualTo(143);
        assertThat(program.errors()).isEmpty();
      }
    }
  }

  @Test
  @Plumbing
  void itsPortIsFreeAtOnceWhenItHasBeenKilled() throws Exception {
    String port = "-Dport=" + Program.freePort();
    Program program = program(port);
    Subject chat = program.subject();
    Client ann = clientNamed("Ann", chat);
    ann.say("Hi");
    ann.awaitSaid(1);
    program.kill();
    Program again = program(port);
    assertThat(again.subject().page()).isEqualTo(chat.page());
  }

  @Test
  void aBadSettingIsOneSentence(@TempDir Path folder) throws Exception {
    Map<String, String> complaints = new LinkedHashMap<>();
    List<String> ports =
        List.of("abc", "65535", "", "-1", "70000", " 8080", "8080.5", "99999999999");
    for (String port : Session.LONG ? ports : ports.subList(0, 3)) {
      complaints.put(
          "-Dport=" + port, "port must be a number from 0 to 65534, not \"" + port + "\".");
    }
    complaints.put("-Dhost=", "host must not be empty.");
    complaints.put("-Drate=-1", "rate must be a number from 0 to 1000000, not \"-1\".");
    for (String host : List.of("no.such.host.invalid", "192.0.2.77")) {
      complaints.put(
          "-Dhost=" + host,
          "host must be localhost, 0.0.0.0 or an address of this machine, not \"" + host + "\".");
    }
    if (Subject.STEP >= 3) {
      Path diary = Files.writeString(folder.resolve("diary.txt"), "Dear diary,\nall is well");
      for (String size : List.of("many", "-1", "1001")) {
        complaints.put(
            "-Dhistory=" + size, "history must be a number from 0 to 1000, not \"" + size + "\".");
      }
      complaints.put("-Dhistory.file=", "history.file must not be empty.");
      complaints.put("-Dhistory.file=" + folder, folder + " (Is a directory)");
      complaints.put("-Dhistory.file=" + diary, diary + ", line 1, is no message of this chat.");
    }
    if (Subject.hasPictures()) {
      for (String most : List.of("x", "0", "10001")) {
        complaints.put(
            "-Dpictures=" + most,
            "pictures must be a number from 1 to 10000, not \"" + most + "\".");
      }
      Path noFolder = folder.resolve("diary.txt/x");
      complaints.put("-Dpictures.folder=", "pictures.folder must not be empty.");
      complaints.put(
          "-Dpictures.folder=" + noFolder, noFolder + " cannot be the folder of pictures.");
    }
    Map<String, Program> programs = new LinkedHashMap<>();
    for (String setting : complaints.keySet()) {
      programs.put(setting, program(setting)); // all at once: each is a JVM of its own
    }
    for (String setting : complaints.keySet()) {
      Program program = programs.get(setting);
      assertThat(program.awaitExit()).as(setting).isEqualTo(1);
      assertThat(program.output()).as(setting).isEmpty();
      assertThat(program.errors())
          .as(setting)
          .isEqualTo("The chat cannot start: " + complaints.get(setting));
    }
    if (Subject.STEP >= 3) {
      assertThat(folder.resolve("diary.txt")).hasContent("Dear diary,\nall is well");
    }
  }

  @Test
  @Steps(from = 3)
  void anArchiveThatAnotherChatUsesIsOneSentence(@TempDir Path folder) throws Exception {
    String file = folder.resolve("archive.jsonl").toString();
    program("-Dhistory.file=" + file).firstLine();
    assertThat(complaint("-Dhistory.file=" + file))
        .isEqualTo(
            "The chat cannot start: " + file + " cannot be the archive: another chat uses it.");
  }

  @Test
  @Plumbing
  void aPortInUseIsOneSentenceThatNamesIt() throws Exception {
    int port = program().subject().page().getPort();
    assertThat(complaint("-Dport=" + port))
        .matches(
            "The chat cannot start: cannot listen on localhost, port "
                + port
                + " \\(.+\\); choose another with -Dport=9000\\.");
  }

  @Test
  @Plumbing
  void aChatPortInUseIsOneSentenceThatNamesIt() throws Exception {
    try (ServerSocket taken = takenAboveAFreeOne()) {
      int port = taken.getLocalPort();
      assertThat(complaint("-Dport=" + (port - 1)))
          .matches(
              "The chat cannot start: cannot listen on localhost, port "
                  + port
                  + " \\(.+\\); choose another with -Dport=9000\\.");
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
  @Plumbing
  void aSharedChatMayBeUsedFromEveryAddressThatItPrintsAndFromNoOther() throws Exception {
    Program program = program("-Dhost=0.0.0.0");
    Subject chat = program.subject();
    assertThat(program.firstLine())
        .matches("Open http://localhost:\\d+ here, or http://.+ elsewhere - .+");
    for (String page : program.addresses()) {
      Subject seen = Subject.at(page); // its name may be known to this machine only
      RawClient raw = closed(new RawClient(chat.socket()));
      assertThat(raw.handshake("Origin: " + page).status()).as(page).isEqualTo(101);
      assertThat(seen.socket().getPort()).isEqualTo(chat.socket().getPort());
    }
    RawClient raw = closed(new RawClient(chat.socket()));
    assertThat(raw.handshake("Origin: http://other.example").status()).isEqualTo(404);
  }

  @Test
  @Plumbing
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "Windows has no such limit")
  void whenItCannotOpenAnyMoreTheDoorIsOpenAgainAfterSomeHaveGone() throws Exception {
    Program program = closed(Program.limited("-n 150"));
    Subject chat = program.subject();
    List<RawClient> many = new ArrayList<>();
    for (int i = 0; i < 100; i++) { // some of them wait before the door
      many.add(closed(new RawClient(chat.socket())));
    }
    for (RawClient one : many) {
      one.reset();
    }
    Client ann = clientNamed("Ann", chat);
    clientNamed("Boris", chat).say("Hi");
    ann.awaitSaid(1);
  }

  @Test
  @Steps(from = 2)
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "Windows has no such limit")
  void aMemberMayLeaveWhileNoFileCanBeOpened() throws Exception {
    Program program = closed(Program.limited("-n 150", "-Dconnections.address=0"));
    Subject chat = program.subject();
    RawClient ann = closed(RawClient.join("Ann", chat.socket()));
    RawClient boris = closed(RawClient.join("Boris", chat.socket()));
    List<RawClient> many = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      many.add(closed(new RawClient(chat.socket())));
    }
    boris.reset();
    assertThat(ann.read().text()).contains("Boris");
    assertThat(ann.read().text()).contains("left");
    for (RawClient one : many) {
      one.reset();
    }
    clientNamed("Clara", chat).say("Hi");
    assertThat(ann.read().text()).contains("Clara");
  }

  /** With one address of this machine, that address is printed, works, and is no foreign page. */
  @Test
  @Plumbing
  void aChatOnOneAddressIsUsedAtThatAddressAndAtNoOther() throws Exception {
    String address =
        NetworkInterface.networkInterfaces()
            .flatMap(NetworkInterface::inetAddresses)
            .filter(found -> found instanceof Inet4Address && !found.isLoopbackAddress())
            .map(InetAddress::getHostAddress)
            .findFirst()
            .orElse("127.0.0.2");
    Program program = program("-Dhost=" + address);
    Subject chat = program.subject();
    assertThat(program.firstLine())
        .isEqualTo(
            "Open http://" + address + ":" + chat.page().getPort() + " - Ctrl-C stops the chat.");
    URI socket = chat.socket();
    assertThat(closed(new RawClient(socket)).handshake("Origin: " + chat.origin()).status())
        .isEqualTo(101);
    String local = chat.origin().replace(address, "localhost");
    assertThat(closed(new RawClient(socket)).handshake("Origin: " + local).status()).isEqualTo(404);
  }

  /** A browser writes an address in its own way, however the setting was written. */
  @ParameterizedTest
  @CsvSource({"127.2, 127.0.0.2", "0:0:0:0:0:0:0:1, [::1]"})
  @Plumbing
  void anAddressIsPrintedAndComparedAsABrowserWritesIt(String setting, String printed)
      throws Exception {
    Subject chat = program("-Dhost=" + setting).subject();
    assertThat(chat.page().toString()).startsWith("http://" + printed + ":");
    assertThat(closed(new RawClient(chat.socket())).handshake("Origin: " + chat.origin()).status())
        .isEqualTo(101);
  }

  @Test
  @Plumbing
  void anotherProgramOnTheOtherLoopbackAddressIsOneSentence() throws Exception {
    int port = Program.freePort();
    try (ServerSocket other = new ServerSocket(port, 1, InetAddress.getByName("::1"))) {
      assertThat(complaint("-Dport=" + port)).contains("port " + port, "[::1]");
      assertThat(complaint("-Dport=" + (port - 1))).contains("port " + port, "[::1]");
      assertThat(other.isBound()).isTrue();
    }
  }

  /** What it prints to standard error before it ends with a code that is not 0. */
  private String complaint(String... settings) throws Exception {
    Program program = program(settings);
    assertThat(program.awaitExit()).isEqualTo(1);
    assertThat(program.output()).isEmpty();
    return program.errors();
  }
}
