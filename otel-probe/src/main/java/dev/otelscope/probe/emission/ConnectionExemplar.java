package dev.otelscope.probe.emission;

import dev.otelscope.model.AttributeNames;
import dev.otelscope.probe.tracking.SampledConnection;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.sdk.metrics.data.LongExemplarData;
import java.util.ArrayList;
import java.util.List;

/// One connection that stands for its series.
///
/// @param nanos since 1970, when it was chosen
record ConnectionExemplar(Attributes tuple, long nanos) implements LongExemplarData {
  private static final AttributeKey<String> CLIENT_ADDRESS =
      AttributeKey.stringKey(AttributeNames.TUPLE_CLIENT_ADDRESS);
  private static final AttributeKey<Long> CLIENT_PORT =
      AttributeKey.longKey(AttributeNames.TUPLE_CLIENT_PORT);
  private static final AttributeKey<String> SERVER_ADDRESS =
      AttributeKey.stringKey(AttributeNames.TUPLE_SERVER_ADDRESS);
  private static final AttributeKey<Long> SERVER_PORT =
      AttributeKey.longKey(AttributeNames.TUPLE_SERVER_PORT);

  static List<LongExemplarData> of(List<SampledConnection> samples, long nanos) {
    List<LongExemplarData> exemplars = new ArrayList<>(samples.size());
    for (SampledConnection sample : samples) {
      Attributes tuple =
          Attributes.of(
              CLIENT_ADDRESS,
              sample.client().toString(),
              CLIENT_PORT,
              (long) sample.clientPort(),
              SERVER_ADDRESS,
              sample.server().toString(),
              SERVER_PORT,
              (long) sample.serverPort());
      exemplars.add(new ConnectionExemplar(tuple, nanos));
    }
    return exemplars;
  }

  @Override
  public Attributes getFilteredAttributes() {
    return tuple;
  }

  @Override
  public long getEpochNanos() {
    return nanos;
  }

  @Override
  public SpanContext getSpanContext() {
    return SpanContext.getInvalid();
  }

  /// One connection counts one.
  @Override
  public long getValue() {
    return 1;
  }
}
