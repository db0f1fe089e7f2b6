package dev.otelscope.standalone.kit;

import static java.net.URLEncoder.encode;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/// The query service's HTTP API, as `docs/api.md` describes it.
public final class Api {
  private static final HttpClient HTTP =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
  private static final ObjectMapper JSON = new ObjectMapper();

  private final URI base;

  public Api(URI base) {
    this.base = base;
  }

  /// Answer of a call that must succeed.
  ///
  /// @param path with its query, such as `/api/v1/views/hosts?unconnected=show`
  /// @throws IllegalStateException when the status is not 200
  public JsonNode get(String path) {
    HttpResponse<String> response = send(path, BodyHandlers.ofString());
    if (response.statusCode() != 200) {
      throw new IllegalStateException(
          "%d from %s: %s".formatted(response.statusCode(), path, response.body()));
    }
    try {
      return JSON.readTree(response.body());
    } catch (IOException e) {
      throw new UncheckedIOException(path, e);
    }
  }

  /// Status of a call, whatever it is.
  public int status(String path) {
    return send(path, BodyHandlers.discarding()).statusCode();
  }

  /// Whether it says that it is ready; not while nothing listens there.
  public boolean isReady() {
    try {
      return status("/readyz") == 200;
    } catch (UncheckedIOException e) {
      return false;
    }
  }

  /// A view as it is now.
  ///
  /// @param query options, such as `unconnected=show&system=show`; may be empty
  public MapView view(String view, String query) {
    return new MapView(get("/api/v1/views/" + view + (query.isEmpty() ? "" : "?" + query)));
  }

  public JsonNode node(String view, String id) {
    return get("/api/v1/views/%s/nodes/%s".formatted(view, encode(id, UTF_8)));
  }

  public JsonNode edge(String view, String id) {
    return get("/api/v1/views/%s/edges/%s".formatted(view, encode(id, UTF_8)));
  }

  /// The live form of a view.
  public EventStream stream(String view, String query) {
    String path = "/api/v1/views/" + view + "/stream" + (query.isEmpty() ? "" : "?" + query);
    return new EventStream(send(path, BodyHandlers.ofInputStream()).body());
  }

  private <T> HttpResponse<T> send(String path, HttpResponse.BodyHandler<T> handler) {
    try {
      return HTTP.send(HttpRequest.newBuilder(base.resolve(path)).build(), handler);
    } catch (IOException e) {
      throw new UncheckedIOException(base + path, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
