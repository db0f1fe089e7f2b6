package dev.otelscope.probe;

import dev.otelscope.probe.container.RuntimeSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Looks for the programs that know containers by name, for a person.
final class RuntimeCheck {
  private RuntimeCheck() {}

  /// A sentence for each socket that is there, or one that says that none is.
  static List<String> of(List<Path> sockets) {
    List<String> found =
        sockets.stream()
            .filter(Files::exists)
            .map(socket -> RuntimeSocket.examine(socket, RuntimeLanguages.ALL))
            .toList();
    return found.isEmpty()
        ? List.of(
            "No container runtime is here: containers would have ids without names. It looked for "
                + String.join(", ", sockets.stream().map(Path::toString).toList())
                + ".")
        : found;
  }
}
