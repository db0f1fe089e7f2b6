package dev.otelscope.probe.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.otelscope.probe.kernel.NetworkDevices.Traffic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContainerUsageReaderTest {
  private static final String ID = "0123456789abcdef".repeat(4);
  private static final ContainerCgroup CONTAINER =
      new ContainerCgroup("/docker/" + ID, ID, Optional.empty(), "docker");

  @TempDir private Path root;

  @Test
  void version1HasAHierarchyForEachController() throws IOException {
    write("cpuacct", "cpuacct.stat", "user 250\nsystem 50\n");
    write("memory", "memory.usage_in_bytes", "1000000\n");
    write("memory", "memory.stat", "inactive_file 7\ntotal_inactive_file 200000\n");
    write("memory", "memory.limit_in_bytes", "5000000\n");
    write("cpu", "cpu.cfs_quota_us", "150000\n");
    write("cpu", "cpu.cfs_period_us", "100000\n");
    write(
        "blkio",
        "blkio.throttle.io_service_bytes",
        "8:0 Read 4096\n8:0 Write 10\n8:16 Read 4\nTotal 4110\n");

    assertThat(version1().read(CONTAINER))
        .hasValue(
            new ContainerUsage(
                2.5,
                0.5,
                800_000,
                4100,
                10,
                OptionalDouble.of(1.5),
                OptionalLong.of(5_000_000),
                Optional.empty()));
  }

  @Test
  void version1SaysNoLimitByExtremes() throws IOException {
    write("cpuacct", "cpuacct.stat", "user 0\nsystem 0\n");
    write("memory", "memory.limit_in_bytes", "9223372036854771712\n");
    write("cpu", "cpu.cfs_quota_us", "-1\n");
    write("cpu", "cpu.cfs_period_us", "100000\n");

    assertThat(version1().read(CONTAINER))
        .hasValue(
            new ContainerUsage(
                0, 0, 0, 0, 0, OptionalDouble.empty(), OptionalLong.empty(), Optional.empty()));
  }

  @Test
  void version2HasOneHierarchy() throws IOException {
    write("unified", "cpu.stat", "usage_usec 3000000\nuser_usec 2500000\nsystem_usec 500000\n");
    write("unified", "memory.current", "1000000\n");
    write("unified", "memory.stat", "anon 5\ninactive_file 200000\n");
    write("unified", "memory.max", "5000000\n");
    write("unified", "cpu.max", "50000 100000\n");
    write("unified", "io.stat", "8:0 rbytes=4096 wbytes=10 rios=1\n8:16 rbytes=4 wbytes=0\n");

    assertThat(version2().read(CONTAINER))
        .hasValue(
            new ContainerUsage(
                2.5,
                0.5,
                800_000,
                4100,
                10,
                OptionalDouble.of(0.5),
                OptionalLong.of(5_000_000),
                Optional.empty()));
  }

  @Test
  void version2SaysNoLimitByMax() throws IOException {
    write("unified", "cpu.stat", "user_usec 0\nsystem_usec 0\n");
    write("unified", "memory.max", "max\n");
    write("unified", "cpu.max", "max 100000\n");

    assertThat(version2().read(CONTAINER))
        .hasValue(
            new ContainerUsage(
                0, 0, 0, 0, 0, OptionalDouble.empty(), OptionalLong.empty(), Optional.empty()));
  }

  @Test
  void itsNetworkIsWhatItsProcessesSee() throws IOException {
    write("unified", "cpu.stat", "user_usec 0\nsystem_usec 0\n");
    write("unified", "cgroup.procs", "20\n21\n");
    process("1", "4026531840", "  eth0: 9 0 0 0 0 0 0 0 9 0 0 0 0 0 0 0\n");
    process(
        "20",
        "4026532000",
        """
        Inter-|   Receive          |  Transmit
         face |bytes    packets    |bytes    packets
            lo: 7 0 0 0 0 0 0 0 7 0 0 0 0 0 0 0
          eth0: 100 1 0 0 0 0 0 0 50 1 0 0 0 0 0 0
        """);

    assertThat(version2().read(CONTAINER).orElseThrow().network())
        .hasValue(new ContainerNetwork("4026532000", Map.of("eth0", new Traffic(100, 50))));
  }

  @Test
  void theHostsNetworkIsNotOfAContainer() throws IOException {
    write("cpuacct", "cpuacct.stat", "user 0\nsystem 0\n");
    write("cpuacct", "cgroup.procs", "20\n");
    process("self", "4026531840", "");
    process("20", "4026531840", "  eth0: 9 0 0 0 0 0 0 0 9 0 0 0 0 0 0 0\n");

    assertThat(version1().read(CONTAINER).orElseThrow().network()).isEmpty();
  }

  private void process(String pid, String namespace, String devices) throws IOException {
    Path process = root.resolve("proc").resolve(pid);
    Files.createDirectories(process.resolve("ns"));
    Files.createDirectories(process.resolve("net"));
    Files.createSymbolicLink(process.resolve("ns/net"), Path.of("net:[" + namespace + "]"));
    Files.writeString(process.resolve("net/dev"), devices);
  }

  @Test
  void aGroupThatIsGoneUsesNothing() {
    assertThat(version1().read(CONTAINER)).isEmpty();
    assertThat(version2().read(CONTAINER)).isEmpty();
    assertThat(new ContainerUsageReader("", root).read(CONTAINER)).isEmpty();
  }

  private ContainerUsageReader version1() {
    return new ContainerUsageReader(
        """
        tmpfs ROOT tmpfs rw 0 0
        cgroup ROOT/cpu cgroup rw,nosuid,cpu 0 0
        cgroup ROOT/cpuacct cgroup rw,nosuid,cpuacct 0 0
        cgroup ROOT/memory cgroup rw,memory 0 0
        cgroup ROOT/blkio cgroup rw,blkio 0 0
        cgroup2 ROOT/unified cgroup2 rw 0 0
        """
            .replace("ROOT", root.toString()),
        root.resolve("proc"));
  }

  private ContainerUsageReader version2() {
    return new ContainerUsageReader(
        "cgroup2 " + root.resolve("unified") + " cgroup2 rw 0 0\n", root.resolve("proc"));
  }

  private void write(String hierarchy, String file, String content) throws IOException {
    Path group = root.resolve(hierarchy).resolve("docker").resolve(ID);
    Files.createDirectories(group);
    Files.writeString(group.resolve(file), content);
  }
}
