package dev.otelscope.probe.tracing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ControlGroupsTest {

  @Test
  void theRootIsFoundAlsoBesideControllersOfVersion1() throws IOException {
    List<String> mounts =
        List.of(
            "tmpfs /sys/fs/cgroup tmpfs rw,relatime,mode=755 0 0",
            "cgroup /sys/fs/cgroup/cpu cgroup rw,relatime,cpu 0 0",
            "cgroup2 /sys/fs/cgroup/unified cgroup2 rw,relatime 0 0");

    assertThat(ControlGroups.root(mounts)).isEqualTo(Path.of("/sys/fs/cgroup/unified"));
  }

  @Test
  void withoutOneItSaysWhatToMount() {
    assertThatThrownBy(() -> ControlGroups.root(List.of("proc /proc proc rw 0 0")))
        .hasMessageContaining("mount -t cgroup2");
  }
}
