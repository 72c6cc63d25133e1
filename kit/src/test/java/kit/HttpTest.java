package kit;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The page over HTTP (RFC 9110). */
@Plumbing
class HttpTest extends Check {

  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @Test
  void thePageIsHtmlInUtf8AndNobodyMayTakeItForAnythingElse() throws Exception {
    HttpResponse<String> answer = ask("GET", "");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(header(answer, "Content-Type").toLowerCase(Locale.ROOT).replaceAll("[ \"]", ""))
        .isEqualTo("text/html;charset=utf-8");
    assertThat(header(answer, "X-Content-Type-Options")).isEqualToIgnoringCase("nosniff");
    assertThat(header(answer, "Cache-Control")).contains("no-store");
  }

  @Test
  void scriptsAndStylesComeFromTheServerItselfWithTheirTypes() throws Exception {
    String page = ask("GET", "").body();
    assertThat(page).as("nothing stands in the page itself").doesNotContain("<style", " style=");
    List<String> files =
        Pattern.compile("(?:src|href)=[\"']?([^\"'\\s>]+\\.(?:js|css))\\b")
            .matcher(page)
            .results()
            .map(found -> found.group(1))
            .toList();
    for (String file : files) {
      HttpResponse<String> answer = ask("GET", file);
      assertThat(answer.statusCode()).as(file).isEqualTo(200);
      assertThat(header(answer, "Content-Type").toLowerCase(Locale.ROOT))
          .as(file)
          .matches(file.endsWith(".css") ? "text/css\\b.*" : "(text|application)/javascript\\b.*");
      assertThat(header(answer, "X-Content-Type-Options"))
          .as(file)
          .isEqualToIgnoringCase("nosniff");
    }
    assertThat(files).as("its scripts and styles").hasSizeGreaterThanOrEqualTo(2);
  }

  @Test
  void thePolicyLetsOnlyTheServersOwnScriptsRunAndTalkToTheChatOnly() throws Exception {
    Map<String, List<String>> policy = new HashMap<>();
    for (String directive : header(ask("GET", ""), "Content-Security-Policy").split(";")) {
      List<String> words = Arrays.asList(directive.strip().split("\\s+"));
      policy.put(words.get(0).toLowerCase(Locale.ROOT), words.subList(1, words.size()));
    }
    assertThat(policy.get("default-src")).as("all else").containsExactly("'none'");
    assertThat(policy.get("script-src")).as("scripts").containsExactly("'self'");
    assertThat(policy.get("style-src")).as("styles").containsExactly("'self'");
    int port = chat().socket().getPort();
    boolean isSelf = chat().page().getPort() == port;
    assertThat(policy.get("connect-src"))
        .as("connections")
        .isNotEmpty()
        .allMatch(to -> to.matches("ws://.+:" + port) || isSelf && to.equals("'self'"));
    for (String other : List.of("base-uri", "form-action", "frame-ancestors")) {
      assertThat(policy.get(other)).as(other).containsExactly("'none'");
    }
  }

  @Test
  void headAnswersLikeGetWithoutTheBody() throws Exception {
    HttpResponse<String> get = ask("GET", "");
    HttpResponse<String> head = ask("HEAD", "");
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
    assertThat(head.headers().map().keySet()).isEqualTo(get.headers().map().keySet());
    assertThat(header(head, "Content-Length")).isEqualTo(header(get, "Content-Length"));
  }

  /** A client would take a body behind HEAD for the next answer (RFC 9110, 9.3.2). */
  @Test
  void behindTheHeadersOfHeadComesTheNextAnswer() throws Exception {
    RawClient raw = rawPage();
    raw.send(request("HEAD", chat().page().getRawPath(), "keep-alive"));
    assertThat(raw.answer().status()).isEqualTo(200);
    raw.send(request("GET", "/no.such.page", "close"));
    assertThat(raw.answer().status()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "DELETE", "OPTIONS", "PATCH"})
  void anotherMethodIsNotAllowedAndTheAnswerSaysWhichAre(String method) throws Exception {
    HttpResponse<String> answer = ask(method, "");
    assertThat(answer.statusCode()).isEqualTo(405);
    assertThat(header(answer, "Allow").split("\\s*,\\s*")).containsExactlyInAnyOrder("GET", "HEAD");
  }

  /** The answer must be read before the connection ends, so the server reads the body first. */
  @Test
  void aLongBodyDoesNotHideTheAnswer() throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(chat().page())
            .POST(BodyPublishers.ofByteArray(new byte[5_000_000]))
            .timeout(Duration.ofSeconds(10))
            .build();
    assertThat(HTTP.send(request, BodyHandlers.ofString()).statusCode()).isIn(405, 413);
  }

  /** The names of methods have a case (RFC 9110, 9.1), so this is one that nobody knows. */
  @Test
  void getInSmallLettersIsNotGet() throws Exception {
    assertThat(ask("get", "").statusCode()).isIn(400, 405, 501);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/favicon.ico",
        "//",
        "//index.html",
        "/../pom.xml",
        "/..%2fpom.xml",
        "/%2e%2e/pom.xml",
        "/chat.js/../../pom.xml",
        "/./pom.xml",
        "/%00",
        "/chat/Main.class",
        "/Main.class",
        "/;",
        "/%2f",
        "http://evil.example/../etc/passwd",
        "http://evil.example/",
        "http://evil.example/chat.js",
        "*",
      })
  void anotherPathIsNotFound(String path) throws Exception {
    assertThat(rawAnswer(path).status()).isIn(400, 404);
  }

  @Test
  void aQueryDoesNotChangeWhatIsFound() throws Exception {
    assertThat(rawAnswer(chat().page().getRawPath() + "?x/../..").status()).isEqualTo(200);
  }

  private RawClient.Answer rawAnswer(String path) throws Exception {
    RawClient raw = rawPage();
    raw.send(request("GET", path, "close"));
    return raw.answer();
  }

  private static String request(String method, String path, String connection) throws Exception {
    return "%s %s HTTP/1.1\r\nHost: %s\r\nConnection: %s\r\n\r\n"
        .formatted(
            method,
            path.isEmpty() || path.startsWith("?") ? "/" + path : path,
            chat().page().getRawAuthority(),
            connection);
  }

  @Test
  void whoSendsOneByteAndWaitsHoldsUpNobody() throws Exception {
    for (int i = 0; i < 50; i++) {
      rawPage().send("G");
    }
    for (int i = 0; i < 20; i++) {
      assertThat(ask("GET", "").statusCode()).isEqualTo(200);
    }
  }

  /** A request for the page, or for another path beside it. */
  private static HttpResponse<String> ask(String method, String path) throws Exception {
    URI page = chat().page();
    URI folder = page.getRawPath().isEmpty() ? page.resolve("/") : page;
    URI address = path.isEmpty() ? page : folder.resolve(path);
    HttpRequest request =
        HttpRequest.newBuilder(address)
            .method(method, BodyPublishers.noBody())
            .timeout(Duration.ofSeconds(5))
            .build();
    return HTTP.send(request, BodyHandlers.ofString());
  }

  private static String header(HttpResponse<String> answer, String name) {
    return answer.headers().firstValue(name).orElse("(no " + name + ")");
  }
}
