package dev.otelscope.probe.footprint;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HeapKeeperTest {
  private static final long MEGABYTE = 1 << 20;

  private long committed;
  private long live;
  private int collections;
  private final HeapKeeper keeper =
      new HeapKeeper(
          () -> committed,
          () -> committed - live,
          () -> {
            collections++;
            committed = live + MEGABYTE;
          });

  @Test
  void aSmallHeapIsLeftAlone() {
    live = MEGABYTE;
    grows(HeapKeeper.LEAST_BYTES);

    assertThat(collections).isZero();
  }

  @Test
  void aHeapThatHasOutgrownWhatLivesIsCollected() {
    live = 9 * MEGABYTE;
    grows(11 * MEGABYTE);
    assertThat(collections).isEqualTo(1);
    assertThat(committed).isEqualTo(10 * MEGABYTE);

    grows(13 * MEGABYTE);
    assertThat(collections).as("by less than a third").isEqualTo(1);
    grows(14 * MEGABYTE);
    assertThat(collections).isEqualTo(2);
  }

  @Test
  void whereMuchLivesItIsNotCollectedAgainAndAgain() {
    live = 40 * MEGABYTE;
    committed = live + MEGABYTE;
    for (int look = 0; look < 100; look++) {
      grows(committed + MEGABYTE / 10);
    }

    assertThat(collections).isEqualTo(1);
  }

  private void grows(long to) {
    committed = to;
    keeper.look();
  }
}
