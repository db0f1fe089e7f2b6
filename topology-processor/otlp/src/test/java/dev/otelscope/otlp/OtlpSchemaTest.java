package dev.otelscope.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import dev.otelscope.otlp.MessageType.Field;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Every field of every message, against the descriptors of the generated classes.
class OtlpSchemaTest {
  private final Set<String> compared = new HashSet<>();

  @Test
  void metricsAreDescribedCompletely() {
    compare(OtlpSchema.METRICS_REQUEST, ExportMetricsServiceRequest.getDescriptor());
  }

  @Test
  void logsAreDescribedCompletely() {
    compare(OtlpSchema.LOGS_REQUEST, ExportLogsServiceRequest.getDescriptor());
  }

  @Test
  void tracesAreDescribedCompletely() {
    compare(OtlpSchema.TRACES_REQUEST, ExportTraceServiceRequest.getDescriptor());
  }

  private void compare(MessageType ours, Descriptor theirs) {
    if (!compared.add(theirs.getFullName())) {
      return;
    }
    assertThat(ours).hasToString(theirs.getName());
    assertThat(ours.fields())
        .as(theirs.getName())
        .extracting(Field::number)
        .containsExactlyInAnyOrderElementsOf(
            theirs.getFields().stream().map(FieldDescriptor::getNumber).toList());
    for (Field field : ours.fields()) {
      compare(ours, field, theirs.findFieldByNumber(field.number()));
    }
  }

  private void compare(MessageType type, Field ours, FieldDescriptor theirs) {
    assertThat(ours.name()).isEqualTo(theirs.getName());
    assertThat(type.field(theirs.getName())).isSameAs(ours);
    assertThat(type.field(theirs.getJsonName())).isSameAs(ours);
    assertThat(ours.isRepeated()).isEqualTo(theirs.isRepeated());
    assertThat(ours.kind() == FieldKind.ID ? "BYTES" : ours.kind().name())
        .isEqualTo(theirs.getType().name());
    if (theirs.getType() == FieldDescriptor.Type.ENUM) {
      List<String> names =
          theirs.getEnumType().getValues().stream().map(EnumValueDescriptor::getName).toList();
      assertThat(ours.names()).isEqualTo(names);
      assertThat(theirs.getEnumType().getValues())
          .allMatch(value -> value.getNumber() == value.getIndex());
    }
    MessageType message = ours.message();
    if (message != null) {
      compare(message, theirs.getMessageType());
    }
  }
}
