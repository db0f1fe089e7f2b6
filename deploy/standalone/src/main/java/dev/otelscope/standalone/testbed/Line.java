package dev.otelscope.standalone.testbed;

import java.io.Closeable;
import java.io.IOException;

/// A connection that questions are asked over. A question says in its first eight bytes how long it
/// is and how long an answer it wants.
///
/// ```
/// length (4 bytes, big-endian, all of the question)   wanted (4 bytes)   anything …
/// ```
interface Line extends Closeable {
  int HEADER = 8;

  int localPort();

  /// Sends a question of `length` bytes, at least [#HEADER], and reads an answer of `wanted` bytes.
  void ask(int length, int wanted) throws IOException;

  /// Sends an HTTP/1.1 request and reads the whole answer, which must say its length.
  void get(String path) throws IOException;
}
