package dev.otelscope.query.http;

import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import dev.otelscope.query.json.Json;
import java.util.Optional;

/// Why a request was not answered, as RFC 9457 wants it said.
///
/// @param detail one sentence: what was expected, what came
/// @param parameter the name of the wrong one, if it was a parameter
record Problem(HttpStatus status, String detail, Optional<String> parameter) {
  private static final MediaType TYPE = MediaType.create("application", "problem+json");

  static Problem of(HttpStatus status, String detail) {
    return new Problem(status, detail, Optional.empty());
  }

  static Problem ofParameter(String parameter, String detail) {
    return new Problem(HttpStatus.BAD_REQUEST, detail, Optional.of(parameter));
  }

  static Problem nothingAt(String path) {
    return of(HttpStatus.NOT_FOUND, "There is nothing at " + path + ".");
  }

  static Problem methodNotAllowed(String method) {
    return of(
        HttpStatus.METHOD_NOT_ALLOWED,
        method + " is not possible here; everything is read with GET.");
  }

  AggregatedHttpResponse toResponse() {
    HttpData body =
        Json.data(json -> {
          json.writeStartObject();
          json.writeStringField("type", "about:blank");
          json.writeStringField("title", status.reasonPhrase());
          json.writeNumberField("status", status.code());
          json.writeStringField("detail", detail);
          if (parameter.isPresent()) {
            json.writeStringField("parameter", parameter.get());
          }
          json.writeEndObject();
        });
    return AggregatedHttpResponse.of(
        ResponseHeaders.builder(status).contentType(TYPE).set("cache-control", "no-store").build(),
        body);
  }
}
