package kit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** From step 4 on: a picture goes up in parts, and comes down as a link. */
@Steps(from = 4, to = 6)
class PicturesTest extends Check {

  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final int MAX = 16 * 1024; // bytes of a message
  private static final int LARGEST = 512 * 1024;
  private static final byte[] RED = Drawing.jpeg(64, 48, Color.RED);

  /** The last thing that this client was told to be said. */
  private static JsonNode last(Client client) {
    List<JsonNode> said = client.saidEvents();
    return said.get(said.size() - 1);
  }

  private static URI link(JsonNode said) throws Exception {
    return chat().page().resolve(said.path("picture").path("path").asString());
  }

  static HttpResponse<byte[]> ask(String method, URI link) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(link).method(method, BodyPublishers.noBody()).build();
    return HTTP.send(request, BodyHandlers.ofByteArray());
  }

  /** A client that hears this has heard all that came before: what is missing was not told. */
  private static void othersHeardNothing(Client sender, Client other) {
    sender.say("still here");
    other.awaitSaid(sender.line("still here"));
    assertThat(other.said()).containsExactly(sender.line("still here"));
    assertThat(other.events("refused")).isEmpty();
  }

  @Test
  void aPictureGoesUpInPartsAndEverybodyIsToldWhereItIs() throws Exception {
    Client ann = client("Ann");
    Client boris = client("Boris");
    byte[] picture = Drawing.filled(RED, 40_000);
    ann.show(picture, "Our school");
    ann.awaitSaid(ann.line("Our school"));
    boris.awaitSaid(ann.line("Our school"));
    JsonNode said = last(boris);
    assertThat(said).isEqualTo(last(ann));
    assertThat(said.path("picture").path("width").asInt()).isEqualTo(64);
    assertThat(said.path("picture").path("height").asInt()).isEqualTo(48);
    assertThat(ask("GET", link(said)).body()).isEqualTo(picture);
    assertThat(ann.events("received"))
        .extracting(event -> event.path("bytes").asInt())
        .as("so many bytes have come")
        .containsExactly(16_383, 32_766, 40_000);
    assertThat(boris.events("received")).isEmpty();
  }

  @Test
  void eachPartIsAnsweredToItsSenderAloneAndAllMayBeTakenBack() throws Exception {
    Client ann = client("Ann");
    Client boris = client("Boris");
    ann.upload(Drawing.filled(RED, 20_000));
    assertThat(ann.awaitEvent("received", 2).path("bytes").asInt()).isEqualTo(20_000);
    ann.send();
    ann.awaitRefusal();
    othersHeardNothing(ann, boris);
    assertThat(boris.events("received")).isEmpty();
  }

  @Test
  void whatIsSaidWithoutAPictureIsAsBefore() throws Exception {
    Client ann = client("Ann");
    ann.say("Hi");
    ann.awaitSaid(ann.line("Hi"));
    assertThat(last(ann).propertyNames())
        .containsExactlyInAnyOrder("type", "id", "at", "name", "text");
  }

  @Test
  void whoComesLateHasItInItsHistory() throws Exception {
    Client ann = client("Ann");
    ann.show(RED, "before");
    ann.awaitSaid(ann.line("before"));
    JsonNode history = client("Boris").events().get(0).path("history");
    assertThat(history.path(history.size() - 1)).isEqualTo(last(ann));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Привет, 😀 \"quotes\" \\ \u2028\n\t\u0000 </script>"})
  void itsWordsMayBeNoneOrHoldEveryKindOfCharacter(String words) throws Exception {
    Client ann = client("Ann");
    ann.show(RED, words);
    ann.awaitSaid(ann.line(words));
    assertThat(last(ann).has("picture")).isTrue();
  }

  @Test
  void picturesAndTextsAreInOneOrder() throws Exception {
    Client ann = client("Ann");
    Client boris = client("Boris");
    for (int i = 0; i < 20; i++) {
      ann.say("text " + i).show(RED, "picture " + i);
      boris.show(RED, "picture " + i).say("text " + i);
    }
    ann.awaitSaid(80);
    boris.awaitSaid(80);
    assertThat(Texts.firstDifference(ann.saidEvents(), boris.saidEvents())).isEqualTo("nowhere");
    assertThat(ann.saidEvents().stream().map(said -> said.path("picture").path("path")).distinct())
        .as("40 links, and none for the texts")
        .hasSize(41);
  }

  // Over HTTP (RFC 9110).

  @Test
  void itIsServedSoThatABrowserKeepsItAndTakesItForNothingElse() throws Exception {
    Client ann = client("Ann");
    ann.show(RED, "a link");
    ann.awaitSaid(1);
    HttpResponse<byte[]> get = ask("GET", link(last(ann)));
    assertThat(get.statusCode()).isEqualTo(200);
    assertThat(get.headers().allValues("Content-Type")).containsExactly("image/jpeg");
    assertThat(get.headers().allValues("X-Content-Type-Options")).containsExactly("nosniff");
    assertThat(get.headers().allValues("Content-Security-Policy"))
        .containsExactly("default-src 'none'; sandbox");
    assertThat(get.headers().allValues("Cache-Control"))
        .containsExactly("private, max-age=31536000, immutable");
    HttpResponse<byte[]> head = ask("HEAD", link(last(ann)));
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
    assertThat(head.headers().map().keySet()).isEqualTo(get.headers().map().keySet());
    assertThat(head.headers().firstValueAsLong("Content-Length")).hasValue(RED.length);
    HttpResponse<byte[]> put = ask("PUT", link(last(ann)));
    assertThat(put.statusCode()).isEqualTo(405);
    assertThat(put.headers().firstValue("Allow").orElse("").split("\\s*,\\s*"))
        .containsExactlyInAnyOrder("GET", "HEAD");
  }

  /** Behind PICTURE, the path of one that is there. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/pictures",
        "/pictures/",
        "/pictures/00000000-0000-0000-0000-000000000000.jpg",
        "/pictures/../pom.xml",
        "/pictures/..%2fpom.xml",
        "/pictures/%2e%2e/chat.js",
        "PICTURE/",
        "PICTURE.jpg",
        "PICTURE%00",
        "/PICTURE",
        "/pictures/.PICTURE",
        "/pictures/..PICTURE",
      })
  void anotherPathIsNotFound(String path) throws Exception {
    Client ann = client("Ann");
    ann.show(RED, "a link");
    ann.awaitSaid(1);
    RawClient raw = rawPage();
    String filled = path.replace("PICTURE", link(last(ann)).getRawPath());
    raw.send("GET " + filled + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    assertThat(raw.answer().status()).isIn(400, 404);
  }

  // What is no picture.

  private static Stream<Arguments> whatIsNoPicture() {
    BufferedImage some = Drawing.noise(64, 48, 8);
    byte[] jpeg = Drawing.file("jpg", some);
    byte[] html = "<html><script>alert(1)</script></html>".getBytes(UTF_8);
    byte[] svg = "<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>".getBytes(UTF_8);
    byte[] zip = ("PK\5\6" + "\0".repeat(18)).getBytes(UTF_8);
    return Stream.of(
        arguments("HTML", html),
        arguments("SVG", svg),
        arguments("PNG", Drawing.file("png", some)),
        arguments("GIF", Drawing.file("gif", some)),
        arguments("a JPEG with HTML behind its end", Drawing.joined(jpeg, html)),
        arguments("a JPEG with a ZIP archive behind its end", Drawing.joined(jpeg, zip)),
        arguments("two JPEGs", Drawing.joined(jpeg, jpeg)),
        arguments("a JPEG in which coarse points come first", Drawing.progressive(some)),
        arguments("half a JPEG", Arrays.copyOf(jpeg, jpeg.length / 2)),
        arguments("a JPEG without its last byte", Arrays.copyOf(jpeg, jpeg.length - 1)),
        arguments("a JPEG that claims 20,000 x 20,000", Drawing.claiming(jpeg, 20_000, 20_000)),
        arguments("a JPEG that claims 65,535 x 65,535", Drawing.claiming(jpeg, 65_535, 65_535)),
        arguments("a JPEG that claims 2049 x 48", Drawing.claiming(jpeg, 2049, 48)),
        arguments("a JPEG that claims 64 x 2049", Drawing.claiming(jpeg, 64, 2049)),
        arguments("a JPEG that claims 0 x 48", Drawing.claiming(jpeg, 0, 48)),
        arguments("a JPEG of 512 KiB and a byte", Drawing.filled(jpeg, LARGEST + 1)),
        arguments("an empty file", new byte[0]));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("whatIsNoPicture")
  void whatIsNoPictureIsRefusedWithASentenceAndNobodyElseHearsOfIt(String what, byte[] file)
      throws Exception {
    Client ann = client("Ann");
    Client boris = client("Boris");
    ann.show(file, "look");
    assertThat(ann.awaitRefusal()).as(what).matches("[A-Z].+\\.");
    othersHeardNothing(ann, boris);
    ann.show(RED, "a good one");
    boris.awaitSaid(ann.line("a good one"));
  }

  @Test
  void aPictureHasAtMost2048PointsASideAnd512KibibytesAndMayHaveAllOfThem() throws Exception {
    Client ann = client("Ann");
    byte[] largest = Drawing.filled(Drawing.jpeg(2048, 2048, Color.BLUE), LARGEST);
    ann.show(largest, "the largest");
    ann.awaitSaid(ann.line("the largest"));
    assertThat(ask("GET", link(last(ann))).body()).isEqualTo(largest);
  }

  @Test
  void whatIsTakenBackIsSeenByNobodyAndTheNextPictureBeginsAnew() throws Exception {
    Client ann = client("Ann");
    Client boris = client("Boris");
    ann.upload(Arrays.copyOf(RED, 300)).send();
    ann.awaitRefusal();
    othersHeardNothing(ann, boris);
    ann.show(RED, "anew");
    boris.awaitSaid(ann.line("anew"));
    assertThat(ask("GET", link(last(boris))).body()).isEqualTo(RED);
  }

  @Test
  void whoIsNotInTheChatCanShowNothing() throws Exception {
    Client ann = client("Ann");
    RawClient raw = rawSocket();
    raw.handshake();
    raw.send(RawClient.frame(RawClient.BINARY, Drawing.joined(new byte[] {0}, RED)));
    raw.send(RawClient.frame(RawClient.BINARY, "\1look"));
    raw.send(RawClient.frame(RawClient.BINARY, ""));
    raw.send(RawClient.frame(RawClient.TEXT, fresh("Raw")));
    assertThat(raw.read().text()).as("the first that it hears").contains("welcome");
    ann.say("barrier");
    ann.awaitSaid(1);
    assertThat(ann.said()).containsExactly(ann.line("barrier"));
  }

  // Who sends something else, or too much.

  @ParameterizedTest
  @ValueSource(ints = {4, '<', 255})
  void aBinaryMessageOfAnotherKindIsClosedWith1003(int kind) throws Exception {
    Client ann = client("Ann");
    Client boris = client("Boris");
    assertThat(boris.send((byte) kind).awaitClose()).startsWith("1003");
    ann.say("still here");
    ann.awaitSaid(1);
  }

  /** A text, and a part of a picture; announced, and in fragments. */
  @ParameterizedTest
  @CsvSource({"1", "2"})
  void noMessageIsLargerThanSixteenKibibytes(int opcode) throws Exception {
    RawClient announces = raw("Raw");
    announces.send(RawClient.frame(0x80 | opcode, MAX + 1, new byte[0]));
    assertThat(announces.readCloseCode()).isEqualTo(1009);
    RawClient fragments = raw("Raw");
    fragments.send(RawClient.fragment(opcode, new byte[MAX]));
    fragments.send(RawClient.fragment(RawClient.CONTINUATION, new byte[1]));
    assertThat(fragments.readCloseCode()).isEqualTo(1009);
  }

  @Test
  void ofMoreThan32PicturesThatComeAtOnceThoseThatAreSilentLongestAreGivenUp() throws Exception {
    Client boris = client("Boris");
    byte[] begin = Arrays.copyOf(RED, 300);
    byte[] rest = Arrays.copyOfRange(RED, 300, RED.length);
    List<Client> senders = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      senders.add(client("Sender").upload(begin));
      senders.get(i).awaitEvent("received", 1);
    }
    for (Client late : senders.subList(8, 40)) {
      late.show(rest, "late");
      boris.awaitSaid(late.line("late"));
    }
    for (Client silent : senders.subList(0, 8)) {
      silent.awaitRefusal();
      silent.upload(rest).show(RED, "again"); // the rest was on its way
      boris.awaitSaid(silent.line("again"));
    }
    assertThat(boris.said()).hasSize(40);
    assertThat(senders.subList(8, 40)).allMatch(late -> late.events("refused").isEmpty());
  }

  /** A header alone lets a library put all its bytes aside (RFC 6455, 10.4). */
  @Test
  @Own
  void threeHundredHeadersThatAnnounceMuchAndFortyLargeUploadsCostNobodyElseAnything()
      throws Exception {
    Program program = program("-Xmx64m");
    Subject chat = program.subject();
    Client ann = clientNamed("Ann", chat);
    Client boris = clientNamed("Boris", chat);
    for (int i = 0; i < 300; i++) {
      RawClient raw = closed(new RawClient(chat.socket()));
      raw.handshake();
      raw.send(RawClient.frame(0x82, i % 2 == 0 ? MAX : LARGEST, new byte[0]));
    }
    byte[] largest = Drawing.filled(RED, LARGEST);
    for (int i = 0; i < 40; i++) {
      Client sender = clientNamed("Sender " + i, chat);
      sender.upload(largest).awaitEvent("received", 33);
    }
    ann.show(largest, "still here");
    boris.awaitSaid("Ann: still here");
    String path = last(boris).path("picture").path("path").asString();
    assertThat(ask("GET", chat.page().resolve(path)).body()).isEqualTo(largest);
    program.kill();
    assertThat(program.errors()).isEmpty();
  }
}
