package dev.otelscope.standalone;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// What a program that started us reads once we are ready: where everything answers.
///
/// @param url the page and the API
/// @param otlpHttp OTLP/HTTP receiver, without a path
/// @param otlpGrpc OTLP/gRPC receiver
/// @param graph the graph stream, for query services elsewhere
/// @param pid this process
record ReadyFile(String url, String otlpHttp, String otlpGrpc, String graph, long pid) {

  /// Writes the whole file at once: a reader sees all of it or none.
  ///
  /// @throws StartException when it cannot be written
  void write(Path file) throws StartException {
    Path whole = file.toAbsolutePath();
    Path part = whole.resolveSibling(whole.getFileName() + "." + pid + ".part");
    try {
      Files.write(part, new ObjectMapper().writeValueAsBytes(this));
      Files.move(part, whole, ATOMIC_MOVE, REPLACE_EXISTING);
    } catch (IOException e) {
      throw new StartException("The ready file " + file + " cannot be written: " + e, e);
    }
  }
}
