package dev.otelscope.probe.kernel.bpf.btf;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Types that the test describes, right and wrong.
class BtfTest {
  @TempDir private Path folder;

  @Test
  void fieldsAreFoundByPath() throws IOException {
    try (Btf btf = open(sample())) {
      assertThat(btf.offsetOf("outer", "first")).isZero();
      assertThat(btf.field("outer", "second")).isEqualTo(new Field(8, 8));
      assertThat(btf.sizeOf("outer")).isEqualTo(16);
      assertThat(btf.structure("outer")).isEqualTo(2);
    }
  }

  @Test
  void whatIsMissingIsNamed() throws IOException {
    try (Btf btf = open(sample())) {
      assertThatThrownBy(() -> btf.offsetOf("inner", "first"))
          .isInstanceOf(MissingTypeException.class)
          .hasMessage("this kernel's type information (BTF) has no struct inner");
      assertThatThrownBy(() -> btf.offsetOf("outer", "third"))
          .isInstanceOf(MissingTypeException.class)
          .hasMessageContaining("no field third in struct outer (third)");
      assertThatThrownBy(() -> btf.offsetOf("outer", "first.deeper"))
          .hasMessageContaining("no field deeper in struct outer.first");
      assertThatThrownBy(() -> btf.offsetOf("outer", "first[1]"))
          .hasMessageContaining("no array first[1]");
      assertThatThrownBy(() -> btf.tracepoint("nothing")).hasMessageContaining("tracepoint");
      assertThat(btf.has("outer", "first")).isTrue();
      assertThat(btf.has("outer", "fir")).isFalse();
    }
  }

  @Test
  void aFileThatIsNotThereSaysWhichOptionTheKernelNeeds() {
    assertThatThrownBy(() -> Btf.read(folder.resolve("none")))
        .hasMessageContaining("CONFIG_DEBUG_INFO_BTF");
  }

  @Test
  void everyTruncationIsRefused() {
    byte[] whole = sample();
    for (int length = 0; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThatExceptionOfType(MalformedBtfException.class).isThrownBy(() -> open(cut));
    }
  }

  @Test
  void anotherByteOrderIsRefused() {
    byte[] swapped = sample();
    swapped[0] = sample()[1];
    swapped[1] = sample()[0];

    assertThatThrownBy(() -> open(swapped))
        .isInstanceOf(MalformedBtfException.class)
        .hasMessageContaining("not 0x9feb at offset 0");
  }

  @Test
  void namesThatReferToEachOtherInACircleAreRefused() throws IOException {
    int typedef = 8 << 24;
    byte[] circle =
        bytes(
            new int[] {
              1,
              4 << 24 | 1,
              8, /* struct s { 2 f; } */
              3,
              2,
              0,
              5,
              typedef,
              3, /* typedef 3 a */
              7,
              typedef,
              2 /* typedef 2 b */
            },
            "\0s\0f\0a\0b\0");

    try (Btf btf = open(circle)) {
      assertThatThrownBy(() -> btf.offsetOf("s", "f")).isInstanceOf(MalformedBtfException.class);
    }
  }

  @Test
  void aStructureInsideItselfIsRefused() throws IOException {
    byte[] endless = bytes(new int[] {1, 4 << 24 | 1, 8, 0, 1, 0}, "\0s\0");

    try (Btf btf = open(endless)) {
      assertThatThrownBy(() -> btf.offsetOf("s", "f")).isInstanceOf(MalformedBtfException.class);
    }
  }

  @Test
  void bitFieldsAreNotGivenAnOffset() throws IOException {
    byte[] bits =
        bytes(
            new int[] {
              1,
              1 << 24,
              4,
              32, /* int i */
              3,
              4 << 24 | 1 << 31 | 2,
              4, /* struct s { i f:3; i g } */
              5,
              1,
              3 << 24,
              7,
              1,
              32
            },
            "\0i\0s\0f\0g\0");

    try (Btf btf = open(bits)) {
      assertThatThrownBy(() -> btf.offsetOf("s", "f")).hasMessageContaining("it is a bit field");
      assertThat(btf.offsetOf("s", "g")).isEqualTo(4);
    }
  }

  @Test
  void elementsOfArraysAndMembersWithoutANameAreFound() throws IOException {
    byte[] nested =
        bytes(
            new int[] {
              1,
              1 << 24,
              4,
              32, /* 1: int i */
              0,
              3 << 24,
              0,
              1,
              1,
              6, /* 2: i[6] */
              0,
              5 << 24 | 2,
              24,
              5,
              2,
              0,
              7,
              1,
              0, /* 3: union { 2 f; i g } */
              3,
              4 << 24 | 2,
              28,
              9,
              1,
              0,
              0,
              3,
              32 /* 4: struct s { i h; 3 } */
            },
            "\0i\0s\0f\0g\0h\0");

    try (Btf btf = open(nested)) {
      assertThat(btf.field("s", "f")).isEqualTo(new Field(4, 24));
      assertThat(btf.field("s", "f[5]")).isEqualTo(new Field(24, 4));
      assertThat(btf.field("s", "g")).isEqualTo(new Field(4, 4));
    }
  }

  @RepeatedTest(50)
  void damagedBytesEndInAnAnswerOrARefusal(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    for (int i = 0; i < 200; i++) {
      byte[] damaged = sample();
      for (int damage = random.nextInt(1, 4); damage > 0; damage--) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
      }
      try (Btf btf = open(damaged)) {
        btf.field("outer", "second");
      } catch (MalformedBtfException | MissingTypeException e) {
        assertThat(e).hasMessageContaining("BTF");
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }
  }

  private static byte[] sample() {
    BtfWriter writer = new BtfWriter();
    int word = writer.integer("word", 8, false);
    writer.words("outer", word, "first", "second");
    return writer.bytes();
  }

  private static byte[] bytes(int[] types, String names) {
    ByteBuffer bytes =
        ByteBuffer.allocate(24 + 4 * types.length + names.length()).order(ByteOrder.nativeOrder());
    bytes.putShort((short) 0xEB9F).put((byte) 1).put((byte) 0).putInt(24);
    bytes.putInt(0).putInt(4 * types.length).putInt(4 * types.length).putInt(names.length());
    for (int word : types) {
      bytes.putInt(word);
    }
    return bytes.put(names.getBytes(US_ASCII)).array();
  }

  private Btf open(byte[] bytes) throws IOException {
    Path file = folder.resolve("btf");
    Files.write(file, bytes);
    return Btf.read(file);
  }
}
