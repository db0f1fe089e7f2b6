package dev.otelscope.probe.process;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CgroupPathTest {
  private static final String ID = "0123456789abcdef".repeat(4);

  @Test
  void theUnifiedHierarchyIsTheOnlyOneOfVersion2() {
    assertThat(CgroupPath.parse("0::/system.slice/docker-" + ID + ".scope\n"))
        .isEqualTo("/system.slice/docker-" + ID + ".scope");
  }

  @Test
  void inVersion1TheFirstHierarchyThatIsUsedCounts() {
    assertThat(
            CgroupPath.parse(
                """
                12:pids:/
                11:memory:/docker/%1$s
                10:cpu,cpuacct:/docker/%1$s
                1:name=systemd:/docker/%1$s
                """
                    .formatted(ID)))
        .isEqualTo("/docker/" + ID);
  }

  @Test
  void onAHybridHostTheUnifiedHierarchyGoesFirst() {
    assertThat(
            CgroupPath.parse(
                """
                4:memory:/user.slice
                1:name=systemd:/user.slice/user-1000.slice/session-3.scope
                0::/user.slice/user-1000.slice/session-3.scope
                """))
        .isEqualTo("/user.slice/user-1000.slice/session-3.scope");
  }

  @Test
  void aContainersGroupGoesBeforeThatOfTheDaemonWhichMadeIt() {
    assertThat(
            CgroupPath.parse(
                """
                4:memory:/docker/%s
                1:name=systemd:/system.slice/docker.service
                0::/system.slice/docker.service
                """
                    .formatted(ID)))
        .isEqualTo("/docker/" + ID);
  }

  @Test
  void aUnifiedHierarchyThatNobodyUsesSaysNothing() {
    assertThat(CgroupPath.parse("4:memory:/docker/" + ID + "\n0::/\n")).isEqualTo("/docker/" + ID);
  }

  @Test
  void rootsAreRoots() {
    assertThat(CgroupPath.parse("4:memory:/\n0::/\n")).isEqualTo("/");
  }

  @Test
  void whatCannotBeReadSaysNothing() {
    assertThat(CgroupPath.parse("")).isEmpty();
    assertThat(CgroupPath.parse("nonsense")).isEmpty();
  }
}
