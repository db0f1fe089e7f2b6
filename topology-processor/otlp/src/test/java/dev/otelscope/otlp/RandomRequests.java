package dev.otelscope.otlp;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.common.v1.KeyValueList;
import io.opentelemetry.proto.resource.v1.Resource;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/// Small requests of one signal with everything in them that OTLP has.
abstract class RandomRequests {
  private static final Pattern ID = Pattern.compile("\"(traceId|spanId)\": \"([^\"]*)\"");
  private static final List<String> KEYS =
      List.of(
          "",
          "a",
          "client.address",
          "server.address",
          "server.port",
          "otelscope.tuple.client.address",
          "otelscope.tuple.server.address",
          "größe",
          "日本語のキー");
  private static final List<String> TEXTS =
      List.of("", "true", "443", "-17", "10.244.1.12", "fd00::10", "ünïcode", "🙂", "\"quoted\"\n");
  private static final long[] WHOLES = {
    0, 1, -1, 127, 128, 1L << 40, Long.MAX_VALUE, Long.MIN_VALUE
  };
  private static final double[] DECIMALS = {
    0, -0.0, 1.5, -1e300, Double.NaN, Double.POSITIVE_INFINITY, Double.MIN_VALUE
  };

  final Random random;

  RandomRequests(Random random) {
    this.random = random;
  }

  abstract Message next();

  /// A request in OTLP's JSON, which is protobuf's but for the ids.
  static String json(Message request) throws InvalidProtocolBufferException {
    return ID.matcher(JsonFormat.printer().print(request))
        .replaceAll(match -> {
          byte[] id = Base64.getDecoder().decode(match.group(2));
          return "\"%s\": \"%s\"".formatted(match.group(1), HexFormat.of().formatHex(id));
        });
  }

  Resource resource() {
    return Resource.newBuilder()
        .addAllAttributes(attributes())
        .setDroppedAttributesCount(1)
        .build();
  }

  InstrumentationScope scope() {
    return InstrumentationScope.newBuilder().setName(text()).addAllAttributes(attributes()).build();
  }

  List<KeyValue> attributes() {
    return several(7).mapToObj(i -> pair(3)).toList();
  }

  KeyValue pair(int depth) {
    KeyValue.Builder pair = KeyValue.newBuilder().setKey(pick(KEYS));
    if (chance(0.95)) {
      pair.setValue(value(depth));
    }
    return pair.build();
  }

  AnyValue value(int depth) {
    AnyValue.Builder value = AnyValue.newBuilder();
    switch (random.nextInt(depth == 0 ? 8 : 10)) {
      case 0, 1, 2 -> value.setStringValue(text());
      case 3 -> value.setBoolValue(random.nextBoolean());
      case 4 -> value.setIntValue(whole());
      case 5 -> value.setDoubleValue(decimal());
      case 6 -> value.setBytesValue(bytes());
      case 7 -> {} // no value
      case 8 ->
          value.setArrayValue(
              ArrayValue.newBuilder()
                  .addAllValues(several(3).mapToObj(i -> value(depth - 1)).toList()));
      default ->
          value.setKvlistValue(
              KeyValueList.newBuilder()
                  .addAllValues(several(3).mapToObj(i -> pair(depth - 1)).toList()));
    }
    return value.build();
  }

  ByteString bytes() {
    byte[] bytes = new byte[random.nextInt(5)];
    random.nextBytes(bytes);
    return ByteString.copyFrom(bytes);
  }

  String text() {
    return pick(TEXTS);
  }

  long whole() {
    return WHOLES[random.nextInt(WHOLES.length)];
  }

  double decimal() {
    return DECIMALS[random.nextInt(DECIMALS.length)];
  }

  <T> T pick(List<T> values) {
    return values.get(random.nextInt(values.size()));
  }

  boolean chance(double probability) {
    return random.nextDouble() < probability;
  }

  IntStream several(int bound) {
    return IntStream.range(0, random.nextInt(bound));
  }
}
