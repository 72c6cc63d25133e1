package chat;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The page over HTTP. */
class PageServerTest {

  private static final HttpClient HTTP = HttpClient.newHttpClient();
  @TempDir private Path folder;
  private RunningChat chat;

  @BeforeEach
  void start() throws Exception {
    chat = new RunningChat(folder.resolve("archive.jsonl"));
  }

  @AfterEach
  void stop() throws Exception {
    chat.close();
  }

  @Test
  void thePageKnowsThePortOfTheChatAndCarriesTheNonceOfItsPolicy() throws Exception {
    HttpResponse<String> answer = ask("GET", "/");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body())
        .startsWith("<!doctype html>")
        .contains("data-chat-port=\"" + chat.port() + "\"")
        .doesNotContain("{{");
    var nonces =
        Pattern.compile("nonce=\"([^\"]+)\"").matcher(answer.body()).results().map(r -> r.group(1));
    String policy = answer.headers().firstValue("Content-Security-Policy").orElseThrow();
    assertThat(nonces).hasSize(2).allMatch(nonce -> policy.contains("'nonce-" + nonce + "'"));
  }

  @Test
  void theHeadersAreExactlyThese() throws Exception {
    HttpResponse<String> answer = ask("GET", "/");
    String policy = answer.headers().firstValue("Content-Security-Policy").orElseThrow();
    assertThat(policy.replaceAll("nonce-[0-9a-f-]{36}", "nonce-N"))
        .isEqualTo(
            "default-src 'none'; script-src 'nonce-N'; style-src 'nonce-N';"
                + " connect-src ws://*:"
                + chat.port()
                + "; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
    assertThat(answer.headers().map().keySet())
        .containsExactlyInAnyOrder(
            "cache-control", "content-length", "content-security-policy", "content-type", "date");
    assertThat(answer.headers().firstValue("Content-Type")).contains("text/html; charset=utf-8");
    assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
  }

  @Test
  void everyAnswerHasANonceOfItsOwn() throws Exception {
    assertThat(ask("GET", "/").body()).isNotEqualTo(ask("GET", "/").body());
  }

  @Test
  void headAnswersLikeGetWithoutTheBody() throws Exception {
    HttpResponse<String> get = ask("GET", "/");
    HttpResponse<String> head = ask("HEAD", "/");
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
    assertThat(head.headers().map().keySet()).isEqualTo(get.headers().map().keySet());
    assertThat(head.headers().firstValue("Content-Length"))
        .isEqualTo(get.headers().firstValue("Content-Length"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "DELETE", "OPTIONS", "PATCH", "get"})
  void otherMethodsAreNotAllowed(String method) throws Exception {
    HttpResponse<String> answer = ask(method, "/");
    assertThat(answer.statusCode()).isEqualTo(405);
    assertThat(answer.headers().firstValue("Allow")).contains("GET, HEAD");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/favicon.ico",
        "/index.html",
        "//",
        "//index.html",
        "/../pom.xml",
        "/..%2fpom.xml",
        "/%2e%2e/pom.xml",
        "/./",
        "/%00",
        "/chat/Main.class",
        "/;",
        "/%2f",
        "/?x/../..",
        "http://evil.example/../etc/passwd",
        "*",
      })
  void noOtherPathLeadsAnywhere(String path) throws Exception {
    try (RawClient raw = new RawClient(chat.pagePort())) {
      raw.send("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
      String status = path.startsWith("/?") ? "200" : "40[04]";
      assertThat(raw.head()).matches("(?s)HTTP/1.1 " + status + " .*");
    }
  }

  @Test
  void whoSendsOneByteAndWaitsHoldsUpNobody() throws Exception {
    List<RawClient> sleepers = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      sleepers.add(new RawClient(chat.pagePort()));
      sleepers.get(i).send("G");
    }
    for (int i = 0; i < 20; i++) {
      assertThat(ask("GET", "/").statusCode()).isEqualTo(200);
    }
    for (RawClient sleeper : sleepers) {
      sleeper.close();
    }
  }

  private HttpResponse<String> ask(String method, String path) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(chat.address() + path))
            .method(method, BodyPublishers.noBody())
            .timeout(Duration.ofSeconds(5))
            .build();
    return HTTP.send(request, BodyHandlers.ofString());
  }
}
