package dev.otelscope.probe.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.otelscope.probe.kernel.NetworkDevices.Traffic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostUsageReaderTest {
  @TempDir private Path proc;
  @TempDir private Path sys;

  @BeforeEach
  void write() throws IOException {
    Files.writeString(
        proc.resolve("stat"), "cpu  1000 20 300 4000 50 6 7 80 0 0\nintr 1\nbtime 1700000000\n");
    Files.writeString(
        proc.resolve("meminfo"),
        """
        MemTotal: 1000 kB
        MemFree: 200 kB
        Buffers: 10 kB
        Cached: 300 kB
        SReclaimable: 40 kB
        HugePages_Total: 0
        """);
    Files.writeString(
        Files.createDirectory(proc.resolve("net")).resolve("dev"),
        """
        Inter-|   Receive                                                |  Transmit
         face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs
            lo:   11 1 0 0 0 0 0 0   11 1 0 0 0 0 0 0
          eth0: 1000 9 0 0 0 0 0 0  500 7 0 0 0 0 0 0
          veth1:1100 9 0 0 0 0 0 0  600 7 0 0 0 0 0 0
        """);
    Files.writeString(proc.resolve("loadavg"), "1.25 0.50 0.10 2/159 24287\n");
  }

  @Test
  void readsProcessorMemoryAndLoad() {
    HostUsage usage = new HostUsageReader(proc, sys).read().orElseThrow();

    assertThat(usage.cpuSeconds())
        .isEqualTo(
            Map.of(
                "user", 10.0,
                "nice", 0.2,
                "system", 3.0,
                "idle", 40.0,
                "iowait", 0.5,
                "interrupt", 0.13,
                "steal", 0.8));
    assertThat(usage.memoryLimitBytes()).isEqualTo(1000 * 1024);
    assertThat(usage.memoryBytes())
        .isEqualTo(
            Map.of(
                "free", 200L * 1024,
                "buffers", 10L * 1024,
                "cached", 340L * 1024,
                "used", 450L * 1024));
    assertThat(usage.load()).isEqualTo(1.25);
  }

  @Test
  void whatGoesThroughRealDevicesIsCountedOnce() throws IOException {
    Files.createDirectories(sys.resolve("class/net/eth0/device"));

    assertThat(new HostUsageReader(proc, sys).read().orElseThrow().networks())
        .isEqualTo(Map.of("eth0", new Traffic(1000, 500)));
  }

  @Test
  void withoutRealDevicesAllButTheLoopbackCount() {
    assertThat(new HostUsageReader(proc, sys).read().orElseThrow().networks())
        .containsOnlyKeys("eth0", "veth1");
  }

  @Test
  void readsWhenTheKernelStarted() {
    assertThat(new HostUsageReader(proc, sys).bootTime())
        .contains(Instant.ofEpochSecond(1_700_000_000));
  }

  @Test
  void whatIsNotAsExpectedIsEmpty() throws IOException {
    Files.writeString(proc.resolve("loadavg"), "");

    assertThat(new HostUsageReader(proc, sys).read()).isEmpty();
    assertThat(new HostUsageReader(proc.resolve("absent"), sys).bootTime()).isEmpty();
  }
}
