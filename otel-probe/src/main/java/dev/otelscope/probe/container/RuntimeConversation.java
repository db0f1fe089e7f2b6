package dev.otelscope.probe.container;

import java.io.IOException;
import java.util.List;

/// Talking with a program that runs containers. Each call waits for the answer, for ten seconds at
/// most. Used by one thread.
public interface RuntimeConversation extends AutoCloseable {

  /// Name of the program, such as `docker`.
  String runtime();

  /// The ids of all containers, also of those that do not run.
  List<String> containers() throws IOException;

  /// Says which containers there are and what becomes of them, for as long as the program answers.
  ///
  /// @throws IOException when it does not answer any more
  /// @throws InterruptedException when this thread is to end
  void follow(FoundContainers found) throws IOException, InterruptedException;

  @Override
  void close() throws IOException;
}
