package dev.otelscope.probe.footprint;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilePagesTest {
  private static final int SIZE = 4 << 20;

  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void write() throws IOException {
    byte[] content = new byte[SIZE];
    Arrays.fill(content, (byte) 7);
    file = Files.write(folder.resolve("mapped"), content);
  }

  @Test
  void givesBackWhatWasOnlyRead() throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment mapped = map(MapMode.READ_ONLY, arena);
      assertThat(sum(mapped)).isEqualTo(7L * SIZE);
      assertThat(resident()).isEqualTo(SIZE);

      FilePages.giveBack();

      assertThat(resident()).isZero();
      assertThat(sum(mapped)).as("it comes back").isEqualTo(7L * SIZE);
    }
  }

  @Test
  void keepsWhatIsDifferentFromTheFile() throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment mapped = map(MapMode.PRIVATE, arena);
      mapped.fill((byte) 9);

      FilePages.giveBack();

      assertThat(sum(mapped)).isEqualTo(9L * SIZE);
    }
  }

  @Test
  void waitsBeforeTheFirstTime() throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment mapped = map(MapMode.READ_ONLY, arena);
      assertThat(sum(mapped)).isEqualTo(7L * SIZE);
      FilePages pages = new FilePages(1_000);

      pages.look(59_000_000_000L);
      assertThat(resident()).isEqualTo(SIZE);

      pages.look(60_000_001_000L);
      assertThat(resident()).isZero();
    }
  }

  private MemorySegment map(MapMode mode, Arena arena) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      return channel.map(mode, 0, SIZE, arena);
    }
  }

  private static long sum(MemorySegment mapped) {
    long sum = 0;
    for (long at = 0; at < mapped.byteSize(); at++) {
      sum += mapped.get(ValueLayout.JAVA_BYTE, at);
    }
    return sum;
  }

  /// Bytes of the file that this process has mapped and touched.
  private long resident() throws IOException {
    boolean here = false;
    for (String line : Files.readAllLines(Path.of("/proc/self/smaps"))) {
      if (!Character.isUpperCase(line.charAt(0))) {
        here = line.endsWith(file.toString());
      } else if (here && line.startsWith("Rss:")) {
        return 1024 * Long.parseLong(line.replaceAll("\\D", ""));
      }
    }
    throw new AssertionError(file + " is not mapped");
  }
}
