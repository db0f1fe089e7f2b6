package dev.otelscope.graphstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameTest {

  @ParameterizedTest
  @ValueSource(
      ints = {0, 1, Frame.MAX_PAYLOAD - 1, Frame.MAX_PAYLOAD, Frame.MAX_PAYLOAD + 1, 3_500_000})
  void aPayloadOfAnyLengthComesBack(int length) throws Exception {
    byte[] payload = randomBytes(length);
    List<byte[]> items = FrameWriter.delta(payload);

    assertThat(items).hasSize(Math.max(1, Math.ceilDiv(length, Frame.MAX_PAYLOAD)));
    try (FrameReader reader = new FrameReader(new ByteArrayInputStream(joined(items)))) {
      assertThat(reader.complete(reader.next().orElseThrow())).isEqualTo(payload);
      assertThat(reader.next()).isEmpty();
    }
  }

  @Test
  void itemsFollowEachOtherWithoutReadingAhead() throws Exception {
    byte[] header = FrameWriter.header(new StreamHeader(DeltaWriter.FORMAT, "k3x9", 41));
    InputStream nothingMore =
        new InputStream() {
          @Override
          public int read() {
            throw new AssertionError("read beyond the item");
          }

          @Override
          public int read(byte[] bytes, int offset, int length) {
            return read();
          }
        };

    try (FrameReader reader =
        new FrameReader(new SequenceInputStream(new ByteArrayInputStream(header), nothingMore))) {
      assertThat(reader.header()).isEqualTo(new StreamHeader(DeltaWriter.FORMAT, "k3x9", 41));
    }
  }

  @Test
  void anotherFormatIsRefusedWithBothNumbers() throws Exception {
    byte[] header = FrameWriter.header(new StreamHeader(7, "k3x9", 0));

    try (FrameReader reader = new FrameReader(new ByteArrayInputStream(header))) {
      assertThatThrownBy(reader::header)
          .isInstanceOf(MalformedGraphException.class)
          .hasMessageContaining("format 7")
          .hasMessageContaining("reads " + DeltaWriter.FORMAT);
    }
  }

  @Test
  void anItemThatIsTooLongIsRefusedBeforeItIsRead() throws Exception {
    byte[] head = {(byte) 0x83, 1, (byte) 0xF5, 0x5A, 0x7F, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF};
    EndlessZeros zeros = new EndlessZeros();

    try (FrameReader reader =
        new FrameReader(new SequenceInputStream(new ByteArrayInputStream(head), zeros))) {
      assertThatThrownBy(reader::next)
          .isInstanceOf(MalformedGraphException.class)
          .hasMessageContaining("more than " + Frame.MAX_PAYLOAD);
    }
    assertThat(zeros.given).isLessThan(2L * Frame.MAX_PAYLOAD);
  }

  @RepeatedTest(2_000)
  void anyMutationEndsInItemsOrAnErrorWithAnOffset(RepetitionInfo repetition) throws IOException {
    int seed = repetition.getCurrentRepetition();
    Random random = new Random(seed);
    byte[] bytes =
        joined(
            List.of(
                FrameWriter.header(new StreamHeader(DeltaWriter.FORMAT, "k3x9", 1)),
                FrameWriter.heartbeat(),
                FrameWriter.delta(DeltaWriter.write(new RandomGraphs(seed).delta())).get(0)));
    for (int i = random.nextInt(4); i >= 0; i--) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
    }

    try (FrameReader reader =
        new FrameReader(new ByteArrayInputStream(bytes, 0, random.nextInt(bytes.length + 1)))) {
      reader.header();
      Optional<Frame> frame = reader.next();
      while (frame.isPresent()) {
        reader.complete(frame.get());
        frame = reader.next();
      }
    } catch (MalformedGraphException e) {
      assertThat(e.offset()).isBetween(0L, (long) bytes.length);
    }
  }

  @Test
  void piecesDeflatedEachOnItsOwnAreOneGzipStream() throws Exception {
    byte[] first = randomBytes(100_000);
    byte[] second = new byte[70_000];
    Arrays.fill(second, (byte) 7);
    byte[] header = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, (byte) 0xff};
    byte[] stream = joined(List.of(header, Encoded.deflate(first), Encoded.deflate(second)));

    try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(stream))) {
      assertThat(in.readNBytes(first.length)).isEqualTo(first);
      assertThat(in.readNBytes(second.length)).isEqualTo(second);
    }
  }

  private static byte[] randomBytes(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }

  private static byte[] joined(List<byte[]> parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    parts.forEach(out::writeBytes);
    return out.toByteArray();
  }

  private static final class EndlessZeros extends InputStream {
    long given;

    @Override
    public int read() {
      given++;
      return 0;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) {
      Arrays.fill(bytes, offset, offset + length, (byte) 0);
      given += length;
      return length;
    }
  }
}
