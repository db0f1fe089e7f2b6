package dev.otelscope.probe.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class YoungestHoldersTest {
  private final YoungestHolders holders = new YoungestHolders();
  private final ByteBuffer records =
      ByteBuffer.allocate(5_000 * SocketLayout.SIZE).order(ByteOrder.nativeOrder());
  private int length;

  @Test
  void ofSeveralProcessesTheYoungestCounts() {
    int parent = add(7, 100, 1_000);
    int child = add(7, 101, 2_000);
    int other = add(8, 100, 1_000);

    holders.read(records, length);

    assertThat(holders.counts(records, parent)).isFalse();
    assertThat(holders.counts(records, child)).isTrue();
    assertThat(holders.counts(records, other)).isTrue();
  }

  @Test
  void ofThoseThatStartedAtOnceTheHigherNumberCounts() {
    int first = add(7, 101, 1_000);
    int second = add(7, 100, 1_000);

    holders.read(records, length);

    assertThat(holders.counts(records, first)).isTrue();
    assertThat(holders.counts(records, second)).isFalse();
  }

  @RepeatedTest(20)
  void exactlyOneRecordOfEachSocketCounts(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    for (int round = 0; round < 3; round++) {
      length = 0;
      int sockets = random.nextInt(1, 2_000);
      for (int i = random.nextInt(5_000); i > 0; i--) {
        add(1 + random.nextInt(sockets), random.nextInt(50), random.nextInt(20));
      }
      holders.read(records, length);

      Map<Long, Integer> counting = new HashMap<>();
      Map<Long, Long> youngest = new HashMap<>();
      for (int at = 0; at < length; at += SocketLayout.SIZE) {
        long cookie = records.getLong(at + SocketLayout.COOKIE);
        youngest.merge(cookie, records.getLong(at + SocketLayout.PROCESS_START), Math::max);
        counting.merge(cookie, holders.counts(records, at) ? 1 : 0, Integer::sum);
      }
      assertThat(counting.values()).containsOnly(length == 0 ? new Integer[0] : new Integer[] {1});
      for (int at = 0; at < length; at += SocketLayout.SIZE) {
        if (holders.counts(records, at)) {
          assertThat(records.getLong(at + SocketLayout.PROCESS_START))
              .isEqualTo(youngest.get(records.getLong(at + SocketLayout.COOKIE)));
        }
      }
    }
  }

  private int add(long cookie, long process, long start) {
    int at = length;
    records.putLong(at + SocketLayout.COOKIE, cookie);
    records.putLong(at + SocketLayout.PROCESS, process);
    records.putLong(at + SocketLayout.PROCESS_START, start);
    length += SocketLayout.SIZE;
    return at;
  }
}
