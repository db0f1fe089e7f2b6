package dev.otelscope.probe.kernel.bpf.btf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.otelscope.probe.Requires;
import dev.otelscope.probe.Requires.Need;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The running kernel, which never changes what these say to user space or to itself.
@Requires(Need.BTF)
class KernelBtfTest {
  private Btf btf;

  @BeforeEach
  void open() throws IOException {
    btf = Btf.ofKernel();
  }

  @AfterEach
  void close() {
    btf.close();
  }

  @Test
  void fieldsOfUserInterfacesAreWhereTheirHeadersPutThem() throws IOException {
    assertThat(btf.field("tcp_info", "tcpi_bytes_acked")).isEqualTo(new Field(120, 8));
    assertThat(btf.field("in6_addr", "in6_u.u6_addr32")).isEqualTo(new Field(0, 16));
    assertThat(btf.field("in6_addr", "in6_u.u6_addr32[3]")).isEqualTo(new Field(12, 4));
    assertThat(btf.sizeOf("sockaddr_in6")).isEqualTo(28);
  }

  @Test
  void membersOfUnnamedUnionsAreFound() throws IOException {
    Field remote = btf.field("sock", "__sk_common.skc_daddr");
    Field local = btf.field("sock", "__sk_common.skc_rcv_saddr");

    assertThat(remote).isEqualTo(new Field(0, 4));
    assertThat(local).isEqualTo(new Field(4, 4));
    assertThat(btf.field("sock", "sk_cgrp_data.cgroup").size()).isEqualTo(8);
  }

  @Test
  void whatProgramsAttachToHasANumber() throws IOException {
    assertThat(btf.tracepoint("inet_sock_set_state")).isPositive();
    assertThat(btf.function("bpf_iter_task_file")).isPositive();
    assertThat(btf.structure("bpf_iter__task_file")).isPositive();
    assertThat(btf.parameters("bpf_iter_task_file")).isEqualTo(4);
    assertThat(btf.constant("sock_flags", "SOCK_DONE")).isEqualTo(1);
  }

  @Test
  void whatThisKernelDoesNotHaveIsNamed() {
    assertThatThrownBy(() -> btf.offsetOf("sock", "sk_of_another_kernel"))
        .hasMessageContaining("field sk_of_another_kernel in struct sock");
  }
}
