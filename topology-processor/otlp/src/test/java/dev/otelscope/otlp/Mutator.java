package dev.otelscope.otlp;

import java.util.Arrays;
import java.util.List;
import java.util.Random;

/// Damages messages in the ways that transports, writers and attackers do.
final class Mutator {
  private static final byte[] EDGES = {0, 1, 7, 8, 0x7f, (byte) 0x80, (byte) 0xff};

  private final Random random;
  private final List<byte[]> corpus;

  Mutator(Random random, List<byte[]> corpus) {
    this.random = random;
    this.corpus = corpus;
  }

  byte[] next() {
    byte[] message = pick().clone();
    for (int i = random.nextInt(3); i >= 0; i--) {
      message = message.length == 0 ? pick().clone() : mutate(message);
    }
    return message;
  }

  private byte[] mutate(byte[] message) {
    int at = random.nextInt(message.length);
    switch (random.nextInt(8)) {
      case 0 -> {
        return Arrays.copyOf(message, at);
      }
      case 1 -> {
        return splice(message, at, pick());
      }
      case 2 -> {
        return repeat(message, at);
      }
      case 3 -> {
        return splice(message, at, Arrays.copyOfRange(message, at + 1, message.length));
      }
      case 4 -> message[at] = EDGES[random.nextInt(EDGES.length)];
      case 5 -> message[at] += (byte) (random.nextBoolean() ? 1 : -1); // often a length
      case 6 -> message[at] = (byte) random.nextInt();
      default -> message[at] ^= (byte) (1 << random.nextInt(8));
    }
    return message;
  }

  /// The beginning of one message and the end of another.
  private byte[] splice(byte[] message, int at, byte[] other) {
    int from = other.length == 0 ? 0 : random.nextInt(other.length);
    byte[] spliced = Arrays.copyOf(message, at + other.length - from);
    System.arraycopy(other, from, spliced, at, other.length - from);
    return spliced;
  }

  /// A piece twice.
  private byte[] repeat(byte[] message, int at) {
    int length = 1 + random.nextInt(message.length - at);
    byte[] longer = Arrays.copyOf(message, message.length + length);
    System.arraycopy(message, at, longer, at + length, message.length - at);
    return longer;
  }

  private byte[] pick() {
    return corpus.get(random.nextInt(corpus.size()));
  }
}
