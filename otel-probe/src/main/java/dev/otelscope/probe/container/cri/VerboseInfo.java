package dev.otelscope.probe.container.cri;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.otelscope.probe.container.socket.JsonObject;
import java.io.IOException;
import java.util.Map;

/// What a runtime adds to a verbose answer in JSON of its own. containerd and CRI-O agree on
/// `info`, and in it on `pid` and `runtimeSpec`.
final class VerboseInfo {
  private static final String KEY = "info";

  private VerboseInfo() {}

  /// The object below `info`; else one without members.
  static JsonObject read(Map<String, String> info) throws IOException {
    String json = info.getOrDefault(KEY, "");
    return json.isEmpty()
        ? JsonObject.EMPTY
        : JsonObject.parse(json.getBytes(UTF_8)).stream().findFirst().orElse(JsonObject.EMPTY);
  }
}
