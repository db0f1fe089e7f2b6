package dev.otelscope.probe.container;

import java.io.IOException;
import java.nio.file.Path;

/// A language in which programs that run containers can be asked about them over a UNIX socket.
public interface RuntimeLanguage {

  /// What a person calls it, such as `the Docker Engine API`.
  String name();

  /// Begins to talk with the program at a socket, which waits for ten seconds at most.
  ///
  /// @throws IOException when nobody answers there, or not in this language; the message says what
  ///   came instead
  RuntimeConversation begin(Path socket) throws IOException;
}
