package dev.otelscope.probe.kernel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// A privilege that the probe may have; numbers from `include/uapi/linux/capability.h`.
public enum Capability {
  /// To list what belongs to other users.
  DAC_READ_SEARCH(2),
  /// To watch the packets of control groups and the kernel's address translation, and to have room
  /// for events.
  NET_ADMIN(12),
  /// To look into the processes of other users.
  SYS_PTRACE(19),
  /// To enter network namespaces. On its own it also allows all that eBPF takes.
  SYS_ADMIN(21),
  /// To let programs in the kernel read its memory.
  PERFMON(38),
  /// To load programs into the kernel.
  BPF(39);

  private static final Path STATUS = Path.of("/proc/self/status");
  private static final Path USERS = Path.of("/proc/self/uid_map");

  private final int number;

  Capability(int number) {
    this.number = number;
  }

  /// Whether this process has it. False, too, when the kernel does not say.
  public boolean isHeld() {
    long held = Long.parseUnsignedLong(status("CapEff:", "0"), 16);
    long enough = 1L << number;
    if (this == BPF || this == PERFMON) {
      enough |= 1L << SYS_ADMIN.number; // the kernel takes it for both
    }
    return (held & enough) != 0;
  }

  /// What to do when something that takes these capabilities was refused, one clause for a person.
  public static String advice(Capability... needed) {
    return lacking(needed)
        .orElseGet(() ->
            "the probe has "
                + and(List.of(needed))
                + ", so something else forbids it: allow it in the seccomp profile or the"
                + " security module");
  }

  /// What to give to this process so that it has these capabilities, one clause; empty when it has.
  public static Optional<String> lacking(Capability... needed) {
    if (!isOfHostsUsers()) {
      return Optional.of(
          "the probe is in a user namespace of its own, whose capabilities do not count here:"
              + " start it in the host's");
    }
    List<Capability> missing = Stream.of(needed).filter(each -> !each.isHeld()).toList();
    return missing.isEmpty()
        ? Optional.empty()
        : Optional.of((isRoot() ? "" : "start the probe as root, or ") + "give it " + and(missing));
  }

  /// As `capabilities(7)` calls it.
  @Override
  public String toString() {
    return "CAP_" + name();
  }

  private static String and(List<Capability> some) {
    List<String> names = some.stream().map(Capability::toString).toList();
    int last = names.size() - 1;
    return last == 0
        ? names.getFirst()
        : String.join(", ", names.subList(0, last)) + " and " + names.get(last);
  }

  private static boolean isRoot() {
    return status("Uid:", "0\t0").split("\t", -1)[1].equals("0"); // real, effective, …
  }

  /// The first user namespace maps all users to themselves.
  private static boolean isOfHostsUsers() {
    try {
      return Files.readString(USERS).strip().matches("0\\s+0\\s+4294967295");
    } catch (IOException e) {
      return true; // a kernel without user namespaces
    }
  }

  private static String status(String field, String otherwise) {
    try {
      for (String line : Files.readAllLines(STATUS)) {
        if (line.startsWith(field)) {
          return line.substring(field.length()).strip();
        }
      }
    } catch (IOException e) {
      return otherwise;
    }
    return otherwise;
  }
}
