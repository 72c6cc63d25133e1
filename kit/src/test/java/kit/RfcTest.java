package kit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.HexFormat;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The protocol itself: RFC 6455, case by case. What stops a bad server comes last. */
@Plumbing
@TestMethodOrder(OrderAnnotation.class)
class RfcTest extends Check {

  @Test
  void theHandshakeOfTheRfcIsAnsweredWithTheRfcsAcceptValue() throws Exception {
    RawClient.Answer answer = rawSocket().handshake();
    assertThat(answer.status()).isEqualTo(101);
    assertThat(answer.headers().get("sec-websocket-accept"))
        .isEqualTo("s3pPLMBiTxaQ9kYGzzhZRbK+xOo="); // section 1.3
    assertThat(answer.headers().get("upgrade")).isEqualToIgnoringCase("websocket");
    assertThat(answer.headers().get("connection")).isEqualToIgnoringCase("upgrade");
    assertThat(answer.headers())
        .as("extensions nobody asked for")
        .doesNotContainKey("sec-websocket-extensions");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET / HTTP/1.1|Host: a|Connection: Upgrade|Sec-WebSocket-Key: KEY|Sec-WebSocket-Version: 13",
        "GET / HTTP/1.1|Host: a|Upgrade: websocket|Sec-WebSocket-Key: KEY|Sec-WebSocket-Version: 13",
        "GET / HTTP/1.1|Host: a|Upgrade: websocket|Connection: Upgrade|Sec-WebSocket-Version: 13",
        "GET / HTTP/1.1|Host: a|Upgrade: websocket|Connection: Upgrade|Sec-WebSocket-Key: KEY",
        "GET / HTTP/1.1|Host: a|Upgrade: websocket|Connection: Upgrade|Sec-WebSocket-Key: KEY|Sec-WebSocket-Version: 8",
        "GET / HTTP/1.1|Host: a",
        "GET / HTTP/1.1|Upgrade: websocket|Connection: Upgrade|Sec-WebSocket-Key: KEY|Sec-WebSocket-Version: 13",
        "GET / HTTP/1.1|Host: a|Upgrade: websocket|Connection: Upgrade|Sec-WebSocket-Key: x|Sec-WebSocket-Version: 13",
        "GET / HTTP/1.1|Host: a|Upgrade: websocket|Connection: Upgrade|Sec-WebSocket-Key: KEY|Sec-WebSocket-Key: KEY|Sec-WebSocket-Version: 13",
        "POST / HTTP/1.1|Host: a|Upgrade: websocket|Connection: Upgrade|Sec-WebSocket-Key: KEY|Sec-WebSocket-Version: 13",
        "hello",
      })
  void whatIsNoHandshakeIsNotAnsweredWith101(String request) throws Exception {
    RawClient raw = rawSocket();
    String filled = request.replace(" / ", " " + raw.target() + " ").replace("KEY", RawClient.KEY);
    raw.send(filled.replace("|", "\r\n") + "\r\n\r\n");
    assertThat(raw.answer().status()).isBetween(400, 499);
    assertThat(raw.isCut()).as("the connection is ended").isTrue();
  }

  @Test
  void theNamesOfHeadersMayBeInAnyCaseAndTheValuesToo() throws Exception {
    RawClient raw = rawSocket();
    raw.send(
        "GET "
            + raw.target()
            + " HTTP/1.1\r\nHOST: a\r\nupgrade: WebSocket\r\nCONNECTION: keep-alive, upgrade\r\n"
            + "sec-websocket-key: "
            + RawClient.KEY
            + "\r\nSEC-WEBSOCKET-VERSION: 13\r\n\r\n");
    assertThat(raw.answer().status()).isEqualTo(101);
  }

  /** All programs on localhost share their cookies. */
  @Test
  void thirtyKibibytesOfCookiesAreNoReasonToRefuse() throws Exception {
    String cookie = "Cookie: a=" + "x".repeat(30 * 1024);
    assertThat(rawSocket().handshake(cookie).status()).isEqualTo(101);
    String path = chat().page().getRawPath();
    RawClient page = rawPage();
    page.send(
        "GET " + (path.isEmpty() ? "/" : path) + " HTTP/1.1\r\nHost: a\r\n" + cookie + "\r\n\r\n");
    assertThat(page.answer().status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "beat", "0123456789"})
  void aPingIsAnsweredWithAPongThatCarriesTheSame(String payload) throws Exception {
    RawClient raw = raw("Raw");
    raw.send(RawClient.frame(RawClient.PING, payload));
    RawClient.Frame pong = raw.read(RawClient.PONG);
    assertThat(pong.text()).isEqualTo(payload);
  }

  @Test
  void aPingBetweenTheFragmentsOfAMessageIsAnsweredAndTheMessageIsWhole() throws Exception {
    Client ann = client("Ann");
    RawClient raw = raw("Raw");
    raw.send(RawClient.fragment(RawClient.TEXT, "one, ".getBytes(UTF_8)));
    raw.send(RawClient.frame(RawClient.PING, "between"));
    assertThat(raw.read(RawClient.PONG).text()).isEqualTo("between");
    raw.send(RawClient.frame(RawClient.CONTINUATION, "two"));
    ann.awaitSaid(1);
    assertThat(ann.said().get(0)).endsWith("one, two");
  }

  @Test
  void aPongThatNobodyAskedForIsIgnored() throws Exception {
    Client ann = client("Ann");
    RawClient raw = raw("Raw");
    raw.send(RawClient.frame(RawClient.PONG, "unasked"));
    raw.send(RawClient.frame(RawClient.TEXT, "still here"));
    ann.awaitSaid(1);
    assertThat(ann.said().get(0)).endsWith("still here");
  }

  @Test
  void aFrameMayComeByteByByteAndManyMayComeAtOnce() throws Exception {
    Client ann = client("Ann");
    RawClient raw = raw("Raw");
    for (byte single : RawClient.frame(RawClient.TEXT, "x".repeat(200))) {
      raw.send(new byte[] {single});
    }
    ann.awaitSaid(1);
    ByteArrayOutputStream many = new ByteArrayOutputStream();
    for (int i = 0; i < 100; i++) {
      many.writeBytes(RawClient.frame(RawClient.TEXT, "many " + i));
    }
    raw.send(many.toByteArray());
    ann.awaitSaid(101);
    assertThat(ann.said().get(100)).endsWith("many 99");
  }

  @Test
  void whatTheServerSendsIsOneUnmaskedFrameForEachMessage() throws Exception {
    RawClient raw = raw("Raw");
    for (int length : new int[] {1, 125, 126, 5000}) {
      String text = "x".repeat(length);
      raw.send(RawClient.frame(RawClient.TEXT, text));
      RawClient.Frame frame = raw.read(RawClient.TEXT); // fails when the mask bit is set
      assertThat(frame.isFinal()).isTrue();
      assertThat(frame.text()).contains(text);
    }
  }

  /** A close frame is answered with a close frame that has the same code (section 5.5.1). */
  @ParameterizedTest
  @ValueSource(
      ints = {1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 3000, 3999, 4000, 4999})
  void aCloseFrameIsAnsweredWithItsOwnCode(int code) throws Exception {
    RawClient raw = raw("Raw");
    byte[] payload = {(byte) (code >> 8), (byte) code, 'b', 'y', 'e'};
    raw.send(RawClient.frame(RawClient.CLOSE, payload));
    assertThat(raw.readCloseCode()).isEqualTo(code);
    assertThat(raw.isCut()).isTrue();
  }

  @Test
  void aCloseFrameWithoutACodeIsAnsweredToo() throws Exception {
    RawClient raw = raw("Raw");
    raw.send(RawClient.frame(RawClient.CLOSE, ""));
    assertThat(raw.readCloseCode()).isIn(1000, 1005);
    assertThat(raw.isCut()).isTrue();
  }

  /** Bytes, as a client would send them, and the code that it is closed with. */
  @ParameterizedTest
  @Order(Integer.MAX_VALUE) // some servers stop as a whole at one of these
  @CsvSource({
    "an unmasked frame, 1002, 81 02 48 69",
    "an unmasked ping, 1002, 89 00",
    "the reserved bit 1, 1002, c1 80 00000000",
    "the reserved bit 2, 1002, a1 80 00000000",
    "the reserved bit 3, 1002, 91 80 00000000",
    "the reserved opcode 3, 1002, 83 80 00000000",
    "the reserved opcode 7, 1002, 87 80 00000000",
    "the reserved opcode 11, 1002, 8b 80 00000000",
    "the reserved opcode 15, 1002, 8f 80 00000000",
    "a ping in fragments, 1002, 09 80 00000000",
    "a ping of 126 bytes, 1002, 89 fe 007e 00000000",
    "a close frame in fragments, 1002, 08 80 00000000",
    "a continuation of nothing, 1002, 80 81 00000000 41",
    "a first fragment inside a message, 1002, 01 81 00000000 41 01 81 00000000 42",
    "a whole message inside a message, 1002, 01 81 00000000 41 81 81 00000000 42",
    "a close frame of one byte, 1002, 88 81 00000000 03",
    "the close code 0, 1002, 88 82 00000000 0000",
    "the close code 999, 1002, 88 82 00000000 03e7",
    "the close code 1004, 1002, 88 82 00000000 03ec",
    "the close code 1005, 1002, 88 82 00000000 03ed",
    "the close code 1006, 1002, 88 82 00000000 03ee",
    "the close code 1016, 1002, 88 82 00000000 03f8",
    "the close code 2999, 1002, 88 82 00000000 0bb7",
    "the close code 5000, 1002, 88 82 00000000 1388",
    "the close code 65535, 1002, 88 82 00000000 ffff",
    "a text that is not UTF-8, 1007, 81 82 00000000 c328",
    "a text that ends inside a letter, 1007, 81 81 00000000 c3",
    "a surrogate in UTF-8, 1007, 81 83 00000000 eda080",
    "an overlong letter, 1007, 81 82 00000000 c0af",
    "a letter beyond Unicode, 1007, 81 84 00000000 f4908080",
    "fragments that are not UTF-8, 1007, 01 81 00000000 c3 80 81 00000000 28",
    "a first fragment that is not UTF-8, 1007, 01 82 00000000 c328 80 80 00000000",
    "a close reason that is not UTF-8, 1007, 88 84 00000000 03e8 c328",
    "a payload of 16385 bytes, 1009, 81 fe 4001 00000000",
    "a payload of 4 GiB, 1009, 81 ff 0000000100000000 00000000",
    "a negative length, 1009, 81 ff ffffffffffffffff 00000000",
  })
  void whoBreaksTheRulesIsClosedWithTheCodeOfTheRfc(String what, int code, String bytes)
      throws Exception {
    Client ann = client("Ann");
    RawClient raw = raw("Raw");
    raw.send(HexFormat.of().parseHex(bytes.replace(" ", "")));
    assertThat(raw.readCloseCode()).as(what).isEqualTo(code);
    assertThat(raw.isCut()).as("the connection is ended").isTrue();
    ann.say("still here");
    ann.awaitSaid(ann.line("still here"));
    assertThat(ann.said()).as("what Ann has heard").hasSize(1);
  }

  @Test
  @Steps(to = 3)
  @Steps(from = 7)
  void aBinaryMessageIsClosedWith1003() throws Exception {
    RawClient raw = raw("Raw");
    raw.send(RawClient.frame(RawClient.BINARY, "bytes"));
    assertThat(raw.readCloseCode()).isEqualTo(1003);
  }
}
