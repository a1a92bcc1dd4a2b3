package dev.sluice.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.governance.codec.JsonCodec;
import dev.sluice.governance.codec.wire.Problem;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Whatever is sent, the answer is problem details that say what to do, and nothing of what the
/// server is made of.
class EarlyProblemsTest {

  private static final String HOST = "Host: localhost\r\n";
  private static final String CLOSE = "Connection: close\r\n";

  @TempDir static Path folder;
  private static TestServer server;

  @BeforeAll
  static void start() {
    server = TestServer.start(folder);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  static Stream<Arguments> bad() {
    String get = "GET /v1/me HTTP/1.1\r\n";
    String post = "POST /v1/sessions HTTP/1.1\r\n" + HOST + CLOSE;
    String json = "Content-Type: application/json\r\n";
    return Stream.of(
        Arguments.of("not HTTP", "Hello, who is there?\r\n\r\n", 400),
        Arguments.of("binary", "\u0016\u0003\u0001\u0002\r\n\r\n", 400),
        Arguments.of("no version", "GET /v1/me\r\n" + HOST + "\r\n", 505),
        Arguments.of("HTTP/9", "GET /v1/me HTTP/9.0\r\n" + HOST + CLOSE + "\r\n", 505),
        Arguments.of("no Host", get + CLOSE + "\r\n", 400),
        Arguments.of("two Hosts", get + HOST + "Host: other\r\n" + CLOSE + "\r\n", 400),
        Arguments.of("blank in a header's name", get + HOST + "X y: z\r\n" + CLOSE + "\r\n", 400),
        Arguments.of("header folded", get + HOST + "X: a\r\n b\r\n" + CLOSE + "\r\n", 400),
        Arguments.of("NUL in the address", "GET /v1/\0 HTTP/1.1\r\n" + HOST + CLOSE + "\r\n", 400),
        Arguments.of(
            "large headers",
            get + HOST + "X: " + "y".repeat(20_000) + "\r\n" + CLOSE + "\r\n",
            431),
        Arguments.of(
            "long address",
            "GET /v1/me?q=" + "y".repeat(20_000) + " HTTP/1.1\r\n" + HOST + CLOSE + "\r\n",
            414),
        Arguments.of("dots", "GET /v1/../../etc/passwd HTTP/1.1\r\n" + HOST + CLOSE + "\r\n", 400),
        Arguments.of(
            "encoded dots", "GET /v1/%2e%2e/%2e%2e/x HTTP/1.1\r\n" + HOST + CLOSE + "\r\n", 400),
        Arguments.of("encoded slash", "GET /v1%2fme HTTP/1.1\r\n" + HOST + CLOSE + "\r\n", 404),
        Arguments.of("bad escape", "GET /v1/%zz HTTP/1.1\r\n" + HOST + CLOSE + "\r\n", 400),
        Arguments.of("no such address", "GET /v2/me HTTP/1.1\r\n" + HOST + CLOSE + "\r\n", 404),
        Arguments.of("TRACE", "TRACE /v1/me HTTP/1.1\r\n" + HOST + CLOSE + "\r\n", 405),
        Arguments.of("DELETE", "DELETE /v1/sessions HTTP/1.1\r\n" + HOST + CLOSE + "\r\n", 405),
        Arguments.of("PATCH", "PATCH /v1/sessions HTTP/1.1\r\n" + HOST + CLOSE + "\r\n", 405),
        Arguments.of("CONNECT", "CONNECT other:443 HTTP/1.1\r\n" + HOST + CLOSE + "\r\n", 400),
        Arguments.of("a word", "BREW /v1/me HTTP/1.1\r\n" + HOST + CLOSE + "\r\n", 405),
        Arguments.of(
            "two lengths", post + json + "Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}", 400),
        Arguments.of(
            "length and chunks",
            post + json + "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
            400),
        Arguments.of(
            "bad chunk", post + json + "Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n", 400),
        Arguments.of("bad length", post + json + "Content-Length: many\r\n\r\n{}", 400),
        Arguments.of("announced too large", post + json + "Content-Length: 99999999\r\n\r\n", 413),
        Arguments.of("no JSON", post + json + "Content-Length: 5\r\n\r\nhello", 400),
        Arguments.of("an array", post + json + "Content-Length: 2\r\n\r\n[]", 400),
        Arguments.of(
            "deep", post + json + "Content-Length: 20000\r\n\r\n" + "[".repeat(20_000), 400),
        Arguments.of(
            "a name twice",
            post + json + "Content-Length: 29\r\n\r\n{\"account\":\"a\",\"account\":\"b\"}",
            400),
        Arguments.of("not UTF-8", post + json + "Content-Length: 4\r\n\r\n\"\u00ff\u00fe\"", 400));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("bad")
  void theAnswerIsProblemDetails(String name, String sent, int status) throws Exception {
    Answer answer = send(sent);
    assertThat(answer.status()).as(answer.whole()).isEqualTo(status);
    answer.isProblem();
  }

  @Test
  void aBodyOfChunksThatNeverEndsIsCutOff() throws Exception {
    StringBuilder sent =
        new StringBuilder("POST /v1/sessions HTTP/1.1\r\n" + HOST)
            .append("Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n");
    String chunk = "10000\r\n" + " ".repeat(0x10000) + "\r\n";
    sent.append(chunk.repeat(40)).append("0\r\n\r\n");
    Answer answer = send(sent.toString());
    assertThat(answer.status()).as(answer.whole()).isEqualTo(413);
    answer.isProblem();
  }

  @Test
  void aBodyThatTricklesIsGivenUp() throws Exception {
    URI address = server.server().address();
    try (Socket socket = new Socket(address.getHost(), address.getPort())) {
      socket.setSoTimeout(20_000);
      OutputStream out = socket.getOutputStream();
      String head =
          "POST /v1/sessions HTTP/1.1\r\n"
              + HOST
              + "Content-Type: application/json\r\nContent-Length: 100000\r\n\r\n";
      out.write(head.getBytes(StandardCharsets.US_ASCII));
      long begun = System.nanoTime();
      while (socket.getInputStream().available() == 0) {
        assertThat(System.nanoTime() - begun).isLessThan(20_000_000_000L);
        out.write(' ');
        out.flush();
        Thread.sleep(50);
      }
      byte[] some = new byte[4096];
      String answer =
          new String(some, 0, socket.getInputStream().read(some), StandardCharsets.UTF_8);
      assertThat(answer).startsWith("HTTP/1.1 408").contains("urn:sluice:problem:too-slow");
    }
  }

  @Test
  void whatAnAddressTakesIsNamed() throws Exception {
    Answer answer = send("PUT /v1/sessions HTTP/1.1\r\n" + HOST + CLOSE + "\r\n");
    assertThat(answer.header("allow")).isEqualTo("POST");
  }

  private record Answer(int status, List<String> headers, String body, String whole) {

    String header(String name) {
      return headers.stream()
          .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
          .map(line -> line.substring(name.length() + 1).strip())
          .findFirst()
          .orElse("");
    }

    void isProblem() throws Exception {
      assertThat(header("content-type")).as(whole).startsWith("application/problem+json");
      assertThat(header("server")).isEmpty();
      assertThat(whole).doesNotContainIgnoringCase("jetty").doesNotContain("Exception", "\tat ");
      Problem problem = JsonCodec.read(body, Problem.class);
      assertThat(problem.status()).isEqualTo(status);
      assertThat(problem.title()).isNotBlank();
      assertThat(problem.detail()).isNotBlank();
      assertThat(problem.wayOut()).isNotBlank();
    }
  }

  private static Answer send(String sent) throws IOException {
    URI address = server.server().address();
    try (Socket socket = new Socket(address.getHost(), address.getPort())) {
      socket.setSoTimeout(20_000);
      OutputStream out = socket.getOutputStream();
      try {
        out.write(sent.getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
      } catch (IOException e) {
        // It has answered already and reads no more.
      }
      socket.shutdownOutput();
      String whole = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      int end = whole.indexOf("\r\n\r\n");
      assertThat(end).as("an answer: " + whole).isPositive();
      List<String> head = whole.substring(0, end).lines().toList();
      String body = whole.substring(end + 4);
      if (head.stream().anyMatch(line -> line.equalsIgnoreCase("Transfer-Encoding: chunked"))) {
        body = body.substring(body.indexOf("\r\n") + 2, body.lastIndexOf("\r\n0\r\n"));
      }
      return new Answer(
          Integer.parseInt(head.getFirst().split(" ")[1]),
          head.subList(1, head.size()),
          body,
          whole);
    }
  }
}
