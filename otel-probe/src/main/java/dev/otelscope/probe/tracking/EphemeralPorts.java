package dev.otelscope.probe.tracking;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.NoSuchElementException;
import java.util.StringTokenizer;

/// The local ports that the kernel gives to those who connect without asking for one.
public record EphemeralPorts(int first, int last) {
  private static final Path RANGE = Path.of("/proc/sys/net/ipv4/ip_local_port_range");

  /// What the kernel takes when nobody configured anything.
  public static final EphemeralPorts DEFAULT = new EphemeralPorts(32_768, 60_999);

  public EphemeralPorts {
    if (first < 1 || last < first || last > 65_535) {
      throw new IllegalArgumentException("not a range of ports: " + first + " to " + last);
    }
  }

  /// The range of this machine, or the default where it cannot be read.
  public static EphemeralPorts ofThisMachine() {
    try {
      StringTokenizer words = new StringTokenizer(Files.readString(RANGE));
      return new EphemeralPorts(
          Integer.parseInt(words.nextToken()), Integer.parseInt(words.nextToken()));
    } catch (IOException | IllegalArgumentException | NoSuchElementException e) {
      return DEFAULT;
    }
  }

  public boolean contains(int port) {
    return port >= first && port <= last;
  }
}
