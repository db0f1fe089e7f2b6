package dev.otelscope.query.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.otelscope.query.kit.TestClient;
import dev.otelscope.serving.Endpoint;
import dev.otelscope.serving.ListenAddress;
import dev.otelscope.serving.Listening;
import dev.otelscope.serving.Port;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(Lifecycle.PER_CLASS)
class PageFilesTest {
  private Listening server;
  private TestClient client;

  @BeforeAll
  void start(@TempDir Path classPath) throws IOException {
    Path page = classPath.resolve("dev/otelscope/page");
    Files.createDirectories(page.resolve("assets"));
    Files.writeString(page.resolve("index.html"), "<!doctype html><title>OTel Scope</title>");
    Files.writeString(page.resolve("favicon.svg"), "<svg/>");
    Files.writeString(page.resolve("assets/main-3f2a.js"), "start()");
    Files.writeString(classPath.resolve("secret.txt"), "not part of the page");
    URL[] urls = {classPath.toUri().toURL()};
    server =
        Listening.open(
            new Endpoint("The page", "--port", Port.exactly(0)),
            ListenAddress.LOOPBACK,
            builder ->
                builder
                    .errorHandler(new Problems())
                    .serviceUnder("/", new PageFiles(new URLClassLoader(urls, null))));
    client = new TestClient(server.uri());
  }

  @AfterAll
  void stop() {
    client.close();
    server.close();
  }

  @Test
  void thePageIsAskedForAgainEachTime() {
    HttpResponse<String> response = client.get("/?view=hosts");

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).contains("OTel Scope");
    assertThat(response.headers().firstValue("content-type").orElse("")).startsWith("text/html");
    assertThat(response.headers().firstValue("cache-control")).hasValue("no-cache");
    String tag = response.headers().firstValue("etag").orElseThrow();
    assertThat(client.get("/", "If-None-Match", tag).statusCode()).isEqualTo(304);
  }

  @Test
  void assetsAreKeptForEver() {
    HttpResponse<String> response = client.get("/assets/main-3f2a.js");

    assertThat(response.body()).isEqualTo("start()");
    assertThat(response.headers().firstValue("content-type").orElse("")).contains("javascript");
    assertThat(response.headers().firstValue("cache-control").orElse("")).contains("immutable");
    assertThat(client.get("/favicon.svg").headers().firstValue("content-type").orElse(""))
        .startsWith("image/svg+xml");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/hosts",
        "/assets/main-0000.js",
        "/assets/../../../../secret.txt",
        "/%2e%2e/secret.txt"
      })
  void nothingElseIsThere(String path) {
    HttpResponse<String> response = client.get(path);

    assertThat(response.statusCode()).isIn(400, 404);
    assertThat(response.headers().firstValue("content-type")).hasValue("application/problem+json");
  }
}
