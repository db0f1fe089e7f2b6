package dev.otelscope.standalone.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class VitalsTest {

  @Test
  void theHeapIsTheSumOfItsGenerations() {
    String serial =
        """
        4711:
        DefNew     total 19648K, used 3068K [0x00000000fc000000, 0x00000000fd550000)
         eden space 17472K,   5% used [0x00000000fc000000, 0x00000000fc0df3b0)
        Tenured    total 43712K, used 4543K [0x00000000fd550000, 0x0000000100000000)
        """;

    assertThat(Vitals.heapUsed(serial)).isEqualTo(3068 + 4543);
  }

  @Test
  void theHeapOfOneGenerationIsWhatItSays() {
    String g1 =
        """
        garbage-first heap   total reserved 6172672K, committed 393216K, used 6701K [0x0000000687400000)
         region size 4096K, 2 young (8192K), 0 survivors (0K)
        """;

    assertThat(Vitals.heapUsed(g1)).isEqualTo(6701);
  }
}
