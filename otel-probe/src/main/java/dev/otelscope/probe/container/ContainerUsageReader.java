package dev.otelscope.probe.container;

import dev.otelscope.probe.kernel.NetworkDevices;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/// Reads what containers use from the files of their control groups, version 1 or 2
/// (Documentation/admin-guide/cgroup-v1, cgroup-v2.rst). On a hybrid host each controller is in one
/// of them.
public final class ContainerUsageReader {
  /// `USER_HZ`, which user space always sees as this (`include/asm-generic/param.h`).
  private static final double TICKS_PER_SECOND = 100;

  private static final double MICROS_PER_SECOND = 1e6;

  /// Version 1 says "no limit" by the largest number of whole pages.
  private static final long NO_LIMIT_FROM = Long.MAX_VALUE >> 13 << 12;

  private static final Path PROC = Path.of("/proc");

  private final CgroupFiles files;
  private final Path proc;

  /// @param mounts as in [CgroupFiles#mountedAs]
  ContainerUsageReader(String mounts, Path proc) {
    this.files = CgroupFiles.mountedAs(mounts);
    this.proc = proc;
  }

  /// Reads where this process sees the hierarchies mounted; nothing at all when it sees none.
  public static ContainerUsageReader ofThisMachine() {
    try {
      return new ContainerUsageReader(Files.readString(PROC.resolve("self/mounts")), PROC);
    } catch (IOException e) {
      return new ContainerUsageReader("", PROC);
    }
  }

  /// What a group uses; empty once it is gone, or when it cannot be seen from here.
  public Optional<ContainerUsage> read(ContainerCgroup container) {
    String group = container.path();
    OptionalDouble user = cpu(group, "user", "user_usec");
    OptionalDouble system = cpu(group, "system", "system_usec");
    if (user.isEmpty() || system.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new ContainerUsage(
            user.getAsDouble(),
            system.getAsDouble(),
            memory(group),
            transferred(group, "Read", "rbytes"),
            transferred(group, "Write", "wbytes"),
            cpuLimit(group),
            memoryLimit(group),
            network(group)));
  }

  /// Any process of the group sees the devices. Of a group whose processes are all in groups below
  /// it (systemd in a container), none is asked.
  private Optional<ContainerNetwork> network(String group) {
    String controller = files.hasVersion1("cpuacct") ? "cpuacct" : CgroupFiles.UNIFIED;
    OptionalLong process =
        files
            .text(controller, group, "cgroup.procs")
            .flatMap(processes -> processes.lines().findFirst())
            .map(CgroupFiles::number)
            .orElse(OptionalLong.empty());
    return process.isEmpty() ? Optional.empty() : network(process.getAsLong());
  }

  private Optional<ContainerNetwork> network(long pid) {
    try {
      String namespace = networkNamespace(Long.toString(pid));
      return namespace.equals(hostNamespace())
          ? Optional.empty()
          : Optional.of(
              new ContainerNetwork(namespace, NetworkDevices.read(proc.resolve(pid + "/net/dev"))));
    } catch (IOException | NumberFormatException | NoSuchElementException e) {
      return Optional.empty();
    }
  }

  /// That of the first process; a probe that may not see it is taken to be in the host's.
  private String hostNamespace() throws IOException {
    try {
      return networkNamespace("1");
    } catch (IOException e) {
      return networkNamespace("self");
    }
  }

  /// The number in `net:[4026531840]`.
  private String networkNamespace(String process) throws IOException {
    String link = Files.readSymbolicLink(proc.resolve(process + "/ns/net")).toString();
    return link.substring(link.indexOf('[') + 1, link.length() - 1);
  }

  private OptionalDouble cpu(String group, String key, String unifiedKey) {
    if (files.hasVersion1("cpuacct")) {
      OptionalLong ticks = files.number("cpuacct", group, "cpuacct.stat", key);
      return ticks.isEmpty()
          ? OptionalDouble.empty()
          : OptionalDouble.of(ticks.getAsLong() / TICKS_PER_SECOND);
    }
    OptionalLong micros = files.number(CgroupFiles.UNIFIED, group, "cpu.stat", unifiedKey);
    return micros.isEmpty()
        ? OptionalDouble.empty()
        : OptionalDouble.of(micros.getAsLong() / MICROS_PER_SECOND);
  }

  private long memory(String group) {
    boolean old = files.hasVersion1("memory");
    String controller = old ? "memory" : CgroupFiles.UNIFIED;
    long used =
        files.number(controller, group, old ? "memory.usage_in_bytes" : "memory.current").orElse(0);
    long droppable =
        files
            .number(controller, group, "memory.stat", old ? "total_inactive_file" : "inactive_file")
            .orElse(0);
    return Math.max(0, used - droppable);
  }

  private OptionalLong memoryLimit(String group) {
    if (!files.hasVersion1("memory")) {
      return files.number(CgroupFiles.UNIFIED, group, "memory.max");
    }
    OptionalLong limit = files.number("memory", group, "memory.limit_in_bytes");
    return limit.isPresent() && limit.getAsLong() >= NO_LIMIT_FROM ? OptionalLong.empty() : limit;
  }

  private OptionalDouble cpuLimit(String group) {
    if (files.hasVersion1("cpu")) {
      return processors(
          files.number("cpu", group, "cpu.cfs_quota_us"),
          files.number("cpu", group, "cpu.cfs_period_us"));
    }
    String[] words =
        files.text(CgroupFiles.UNIFIED, group, "cpu.max").orElse("").strip().split(" ", -1);
    return words.length == 2
        ? processors(CgroupFiles.number(words[0]), CgroupFiles.number(words[1]))
        : OptionalDouble.empty();
  }

  /// Version 1 says "no limit" by a quota of -1.
  private static OptionalDouble processors(OptionalLong quota, OptionalLong period) {
    return quota.orElse(-1) > 0 && period.orElse(0) > 0
        ? OptionalDouble.of((double) quota.getAsLong() / period.getAsLong())
        : OptionalDouble.empty();
  }

  /// The sum over all devices. Lines are `8:0 Read 4096` in version 1, and in version 2 `8:0
  /// rbytes=4096 wbytes=0 …`.
  private long transferred(String group, String word, String key) {
    String text =
        files.hasVersion1("blkio")
            ? files.text("blkio", group, "blkio.throttle.io_service_bytes").orElse("")
            : files.text(CgroupFiles.UNIFIED, group, "io.stat").orElse("");
    long sum = 0;
    for (String line : text.lines().toList()) {
      String[] words = line.split(" ", -1);
      for (int i = 1; i < words.length; i++) {
        if (words[i].startsWith(key + "=")) {
          sum += CgroupFiles.number(words[i].substring(key.length() + 1)).orElse(0);
        } else if (words[i].equals(word) && i + 1 < words.length) {
          sum += CgroupFiles.number(words[i + 1]).orElse(0);
        }
      }
    }
    return sum;
  }
}
