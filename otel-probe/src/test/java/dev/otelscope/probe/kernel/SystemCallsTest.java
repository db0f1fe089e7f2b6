package dev.otelscope.probe.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/// Numbers as the kernel's tables have them; only one of the two processors can run this test.
class SystemCallsTest {

  @Test
  void amd64() {
    assertThat(Architecture.named("amd64")).isSameAs(Architecture.named("x86_64"));
    assertThat(Architecture.AMD64.getdents64()).isEqualTo(217);
    assertThat(Architecture.AMD64.bpf()).isEqualTo(321);
    assertThat(Architecture.AMD64.directoryFlag()).isEqualTo(0200000); // octal, as in fcntl.h
  }

  @Test
  void arm64() {
    assertThat(Architecture.named("aarch64")).isSameAs(Architecture.named("arm64"));
    assertThat(Architecture.ARM64.getdents64()).isEqualTo(61);
    assertThat(Architecture.ARM64.bpf()).isEqualTo(280);
    assertThat(Architecture.ARM64.directoryFlag()).isEqualTo(040000);
  }

  @Test
  void anotherProcessorIsNamedInTheRefusal() {
    assertThatThrownBy(() -> Architecture.named("riscv64"))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessageContaining("riscv64");
  }

  @Test
  void aDirectoryIsListedByItsNumbers() {
    ProcFiles proc = new ProcFiles(java.nio.file.Path.of("/proc"));
    NumberedDirectory processes = new NumberedDirectory();
    processes.begin(proc.openProcesses());
    long self = ProcessHandle.current().pid();
    boolean found = false;
    while (processes.next()) {
      found |= processes.number() == self;
      assertThat(processes.inode()).isPositive();
    }
    processes.close();

    assertThat(found).isTrue();
  }

  @Test
  void aFailureIsItsNegativeErrno() {
    assertThat(Libc.open("/does/not/exist", Libc.O_RDONLY)).isEqualTo(-Errno.ENOENT);
    assertThat(Libc.pageSize()).isGreaterThanOrEqualTo(4096);
  }
}
