package chat;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
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
  private static String complaint(String setting) throws Exception {
    try (Program program = Program.java(setting)) {
      assertThat(program.awaitExit()).isEqualTo(1);
      assertThat(program.output()).isEmpty();
      return program.errors();
    }
  }
}
