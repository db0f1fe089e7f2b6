package dev.otelscope.probe.kernel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.StringTokenizer;

/// Reads what went through network devices from a file `net/dev` (proc_pid_net(5)).
public final class NetworkDevices {
  /// Of these columns the first is the number of received bytes.
  private static final int FIRST_SENT_COLUMN = 8;

  private static final String LOOPBACK = "lo";

  private NetworkDevices() {}

  /// Bytes with all their headers, since the device is there.
  public record Traffic(long receivedBytes, long transmittedBytes) {}

  /// All devices of the file's network namespace, by name, without loopback.
  ///
  /// @throws IOException when the file cannot be read
  /// @throws NumberFormatException when it is not written as expected
  /// @throws java.util.NoSuchElementException when it is not written as expected
  public static Map<String, Traffic> read(Path file) throws IOException {
    Map<String, Traffic> devices = new HashMap<>();
    for (String line : Files.readAllLines(file)) {
      int colon = line.indexOf(':');
      if (colon > 0) {
        devices.put(line.substring(0, colon).strip(), traffic(line.substring(colon + 1)));
      }
    }
    devices.remove(LOOPBACK);
    return devices;
  }

  private static Traffic traffic(String columns) {
    StringTokenizer words = new StringTokenizer(columns);
    long received = Long.parseLong(words.nextToken());
    for (int i = 1; i < FIRST_SENT_COLUMN; i++) {
      words.nextToken();
    }
    return new Traffic(received, Long.parseLong(words.nextToken()));
  }
}
