package dev.otelscope.standalone.testbed;

import java.time.Duration;
import java.util.List;

/// Processes that live for some milliseconds, one after the other: each opens connections, closes
/// them and ends. Each is a `bash` of its own, which has TCP built in; needs nothing else.
public final class ShortPrograms {
  /// One that fails to connect ends with another status than 0, and then so does the whole.
  private static final String ONE =
      "for ((i = 0; i < $1; i++)); do exec 3<>/dev/tcp/$2/$3 && exec 3>&- || exit 1; done";

  /// Waits for as long as it is ahead of its time; SECONDS counts from its start.
  private static final String ALL =
      """
      failed=0
      for ((n = 0; n < $1; n++)); do
        while ((n * $5 > (SECONDS + 1) * $1)); do sleep 0.2; done
        bash -c "$6" short "$2" "$3" "$4" || failed=$((failed + 1))
      done
      echo "$failed of $1 failed"
      [ "$failed" = 0 ]
      """;

  private ShortPrograms() {}

  /// Runs them all in a namespace.
  ///
  /// @param time over which they are spread evenly, if the machine is fast enough
  /// @throws IllegalStateException when one could not connect
  public static void run(
      Namespace namespace,
      int processes,
      int connectionsEach,
      String address,
      int port,
      Duration time) {
    Command.run(
        namespace.inside(
            List.of(
                "bash",
                "-c",
                ALL,
                "programs",
                Integer.toString(processes),
                Integer.toString(connectionsEach),
                address,
                Integer.toString(port),
                Long.toString(time.toSeconds()),
                ONE)));
  }
}
