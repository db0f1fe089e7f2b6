package dev.otelscope.otlp;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.otelscope.otlp.MessageType.Field;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Base64;
import java.util.HexFormat;

/// Single values of OTLP's JSON, written as protobuf.
final class JsonValue {
  private static final int LONGEST_NUMBER = 64;
  private static final int MOST_DIGITS = 20; // 2^64 has as many
  private static final int SHOWN = 40;

  /// Writes the value that the parser is at, without its tag.
  static void write(JsonParser in, Field field, WireWriter out)
      throws IOException, MalformedOtlpException {
    switch (field.kind()) {
      case INT32 -> out.varint(whole(in, 31, true));
      case UINT32 -> out.varint(whole(in, 32, false));
      case INT64 -> out.varint(whole(in, 63, true));
      case UINT64 -> out.varint(whole(in, 64, false));
      case SINT32 -> {
        long value = whole(in, 31, true);
        out.varint((value << 1 ^ value >> 63) & 0xFFFF_FFFFL);
      }
      case FIXED32 -> out.fixed32((int) whole(in, 32, false));
      case FIXED64 -> out.fixed64(whole(in, 64, false));
      case SFIXED64 -> out.fixed64(whole(in, 63, true));
      case DOUBLE -> out.fixed64(Double.doubleToRawLongBits(decimal(in)));
      case BOOL -> out.varint(truth(in) ? 1 : 0);
      case ENUM -> out.varint(number(in, field));
      case STRING -> out.text(text(in, "text"));
      case BYTES -> out.bytes(base64(in));
      case ID -> out.bytes(hex(in));
      case MESSAGE -> throw new IllegalArgumentException(field.name() + " is no single value");
    }
  }

  /// @param bits how many the number may need, besides its sign
  private static long whole(JsonParser in, int bits, boolean isSigned)
      throws IOException, MalformedOtlpException {
    try {
      BigInteger number = exact(new BigDecimal(numberText(in)));
      if (number.bitLength() <= bits && (isSigned || number.signum() >= 0)) {
        return number.longValue();
      }
    } catch (ArithmeticException | NumberFormatException e) {
      // as any other value that does not fit
    }
    throw malformed(
        in, "a whole number of %d bits%s".formatted(bits, isSigned ? "" : ", not negative"));
  }

  /// Looks at the exponent first: `1e999999999` as an integer would fill the memory.
  private static BigInteger exact(BigDecimal number) {
    if (number.signum() == 0) {
      return BigInteger.ZERO;
    }
    long digits = (long) number.precision() - number.scale();
    if (digits < 1 || digits > MOST_DIGITS) {
      throw new ArithmeticException("out of range");
    }
    return number.toBigIntegerExact();
  }

  private static double decimal(JsonParser in) throws IOException, MalformedOtlpException {
    String text = numberText(in);
    return switch (text) {
      case "NaN" -> Double.NaN;
      case "Infinity" -> Double.POSITIVE_INFINITY;
      case "-Infinity" -> Double.NEGATIVE_INFINITY;
      default -> finite(in, text);
    };
  }

  private static double finite(JsonParser in, String text)
      throws IOException, MalformedOtlpException {
    try {
      double number = new BigDecimal(text).doubleValue();
      if (Double.isFinite(number)) {
        return text.startsWith("-") ? Math.copySign(number, -1) : number;
      }
    } catch (NumberFormatException e) {
      // as any other text that is no number
    }
    throw malformed(in, "a number, \"NaN\", \"Infinity\" or \"-Infinity\"");
  }

  private static String numberText(JsonParser in) throws IOException, MalformedOtlpException {
    String text = isNumberOrText(in) ? in.getText() : "";
    if (text.isEmpty() || text.length() > LONGEST_NUMBER) {
      throw malformed(in, "a number of at most " + LONGEST_NUMBER + " characters");
    }
    return text;
  }

  private static boolean isNumberOrText(JsonParser in) {
    JsonToken token = in.currentToken();
    return token == JsonToken.VALUE_STRING || (token != null && token.isNumeric());
  }

  private static boolean truth(JsonParser in) throws IOException, MalformedOtlpException {
    return switch (in.getText()) {
      case "true" -> true;
      case "false" -> false;
      default -> throw malformed(in, "true or false");
    };
  }

  private static long number(JsonParser in, Field field)
      throws IOException, MalformedOtlpException {
    if (in.currentToken() == JsonToken.VALUE_STRING) {
      int number = field.names().indexOf(in.getText());
      if (number >= 0) {
        return number;
      }
    }
    return whole(in, 31, true);
  }

  private static byte[] base64(JsonParser in) throws IOException, MalformedOtlpException {
    String text = text(in, "base64").replace('-', '+').replace('_', '/');
    try {
      return Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      throw malformed(in, "base64");
    }
  }

  private static byte[] hex(JsonParser in) throws IOException, MalformedOtlpException {
    try {
      return HexFormat.of().parseHex(text(in, "hexadecimal digits"));
    } catch (IllegalArgumentException e) {
      throw malformed(in, "hexadecimal digits, two for a byte");
    }
  }

  private static String text(JsonParser in, String wanted)
      throws IOException, MalformedOtlpException {
    if (in.currentToken() != JsonToken.VALUE_STRING) {
      throw malformed(in, wanted);
    }
    return in.getText();
  }

  static MalformedOtlpException malformed(JsonParser in, String wanted) throws IOException {
    String found = in.currentToken() == null ? "the end" : in.getText();
    String shown = found.length() <= SHOWN ? found : found.substring(0, SHOWN) + "…";
    long offset = in.currentTokenLocation().getByteOffset(); // -1 when there is nothing at all
    return new MalformedOtlpException(
        (int) Math.max(0, offset), "expected " + wanted + ", found " + shown);
  }

  private JsonValue() {}
}
