package dev.otelscope.engine.dialect;

import dev.otelscope.engine.observation.FlowKey;
import dev.otelscope.engine.observation.Role;
import dev.otelscope.engine.observation.Side;
import dev.otelscope.model.AttributeNames;
import dev.otelscope.model.IpAddress;
import dev.otelscope.otlp.AttributesView;
import dev.otelscope.otlp.AttributesView.ValueType;
import dev.otelscope.otlp.NumberPointView;
import dev.otelscope.otlp.Utf8;
import java.util.ArrayList;
import java.util.List;

/// Reads the exemplars of a connection point: single connections of its series. One thread at a
/// time.
///
/// One that is no connection of the series' flow is left out: a producer that exemplars came from
/// by another way (a span's) does no harm.
final class SampleReader {
  /// More than a probe says.
  private static final int MOST = 8;

  private static final Utf8 CLIENT_ADDRESS = Utf8.of(AttributeNames.TUPLE_CLIENT_ADDRESS);
  private static final Utf8 CLIENT_PORT = Utf8.of(AttributeNames.TUPLE_CLIENT_PORT);
  private static final Utf8 SERVER_ADDRESS = Utf8.of(AttributeNames.TUPLE_SERVER_ADDRESS);
  private static final Utf8 SERVER_PORT = Utf8.of(AttributeNames.TUPLE_SERVER_PORT);

  private final AddressReader address = new AddressReader();

  /// The client's ports; none when the point has no exemplar.
  List<Integer> read(Side side, NumberPointView point) {
    int count = Math.min(MOST, point.exemplars());
    if (count == 0 || side.role() == Role.UNKNOWN) {
      return List.of();
    }
    List<Integer> ports = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      AttributesView tuple = point.exemplarAttributes(i);
      int port = port(tuple, CLIENT_PORT);
      if (port > 0 && !ports.contains(port) && isOf(side.flow(), tuple)) {
        ports.add(port);
      }
    }
    return ports;
  }

  private boolean isOf(FlowKey flow, AttributesView tuple) {
    return port(tuple, SERVER_PORT) == flow.port()
        && isAddress(tuple, CLIENT_ADDRESS, flow.client())
        && isAddress(tuple, SERVER_ADDRESS, flow.server());
  }

  private boolean isAddress(AttributesView tuple, Utf8 name, IpAddress wanted) {
    int index = tuple.find(name);
    return index >= 0
        && tuple.type(index) == ValueType.TEXT
        && address.read(tuple.text(index))
        && address.high() == wanted.high()
        && address.low() == wanted.low();
  }

  /// -1 when there is none.
  private static int port(AttributesView tuple, Utf8 name) {
    int index = tuple.find(name);
    if (index < 0) {
      return -1;
    }
    ValueType type = tuple.type(index);
    if (type != ValueType.WHOLE && type != ValueType.TEXT) {
      return -1;
    }
    try {
      long port = tuple.whole(index);
      return port < 0 || port > 0xFFFF ? -1 : (int) port;
    } catch (IllegalStateException e) {
      return -1; // a text that is no number
    }
  }
}
