package dev.otelscope.probe.kernel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A privilege that the probe may have; numbers from `include/uapi/linux/capability.h`.
public enum Capability {
  SYS_PTRACE(19);

  private static final Path STATUS = Path.of("/proc/self/status");
  private static final String EFFECTIVE = "CapEff:";

  private final int number;

  Capability(int number) {
    this.number = number;
  }

  /// Whether this process has it. False, too, when the kernel does not say.
  public boolean isHeld() {
    try {
      for (String line : Files.readAllLines(STATUS)) {
        if (line.startsWith(EFFECTIVE)) {
          long held = Long.parseUnsignedLong(line.substring(EFFECTIVE.length()).strip(), 16);
          return (held >>> number & 1) == 1;
        }
      }
    } catch (IOException | NumberFormatException e) {
      return false;
    }
    return false;
  }
}
