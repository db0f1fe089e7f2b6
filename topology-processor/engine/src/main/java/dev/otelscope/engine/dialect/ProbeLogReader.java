package dev.otelscope.engine.dialect;

import static java.util.Objects.requireNonNull;

import dev.otelscope.engine.observation.Observation.Description;
import dev.otelscope.engine.observation.Observation.NameSeen;
import dev.otelscope.model.AttributeNames;
import dev.otelscope.model.AttributeValue;
import dev.otelscope.model.EventNames;
import dev.otelscope.model.IpAddress;
import dev.otelscope.otlp.AttributesView;
import dev.otelscope.otlp.AttributesView.ValueType;
import dev.otelscope.otlp.LogRecordView;
import dev.otelscope.otlp.TextView;
import dev.otelscope.otlp.Utf8;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Reads the probe's events. One thread at a time.
final class ProbeLogReader implements LogDialect.Reader {
  private static final Utf8 DNS_ANSWER = Utf8.of(EventNames.DNS_ANSWER);
  private static final Utf8 NAME = Utf8.of(AttributeNames.DNS_QUESTION_NAME);
  private static final Utf8 ADDRESSES = Utf8.of(AttributeNames.DNS_ANSWERS);
  private static final Utf8 SINCE = Utf8.of(AttributeNames.DNS_SINCE);
  private static final Utf8 NAMESPACE = Utf8.of(AttributeNames.NETWORK_NAMESPACE);

  private final Observations sink;
  private final ResourceReader resources = new ResourceReader();
  private @Nullable Description entity;

  ProbeLogReader(Observations sink) {
    this.sink = sink;
  }

  @Override
  public boolean onResource(AttributesView resource) {
    entity = resources.read(resource);
    return entity != null;
  }

  @Override
  public boolean onScope(TextView name) {
    return name.is(ProbeDialect.SCOPE);
  }

  @Override
  public boolean onRecord(LogRecordView log) {
    if (!log.eventName().is(DNS_ANSWER)) {
      return false;
    }
    Description of = requireNonNull(entity, "a record before its resource");
    AttributesView attributes = log.attributes();
    String name = attributes.string(NAME);
    Set<IpAddress> addresses = addresses(attributes);
    if (name.isEmpty() || addresses.isEmpty()) {
      sink.unusable("an answer must have a dns.question.name and IP addresses as dns.answers");
    } else {
      sink.add(new NameSeen(of.host(), attributes.string(NAMESPACE), name, addresses, since(log)));
    }
    return true;
  }

  private static long since(LogRecordView log) {
    int index = log.attributes().find(SINCE);
    return index >= 0 && log.attributes().type(index) == ValueType.WHOLE
        ? log.attributes().whole(index)
        : log.timeNanos();
  }

  /// Those that can be read; a pipeline may have made one text of a list of one.
  private static Set<IpAddress> addresses(AttributesView attributes) {
    int index = attributes.find(ADDRESSES);
    if (index < 0) {
      return Set.of();
    }
    AttributeValue value = attributes.value(index);
    List<AttributeValue> texts =
        value instanceof AttributeValue.Listing listing ? listing.values() : List.of(value);
    return texts.stream()
        .flatMap(text -> address(text.toString()).stream())
        .collect(Collectors.toUnmodifiableSet());
  }

  private static Optional<IpAddress> address(String text) {
    try {
      return Optional.of(IpAddress.parse(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
