package dev.otelscope.query.details;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.otelscope.query.json.Json;
import dev.otelscope.views.ViewEdge;
import java.io.IOException;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/// Tables of the details: the first rows of them, and how many there are.
final class FirstRows {
  private static final int MAX_ROWS = 200;

  /// What happens most comes first.
  static final Comparator<ViewEdge> BUSIEST =
      Comparator.comparingDouble((ViewEdge edge) -> edge.rates().opened())
          .thenComparingLong(ViewEdge::active)
          .thenComparingDouble(edge -> edge.totals().opened())
          .reversed()
          .thenComparing(ViewEdge::id)
          .thenComparing(edge -> edge.ports().toString());

  private FirstRows() {}

  static <T> List<T> of(Collection<T> rows) {
    return rows.stream().limit(MAX_ROWS).toList();
  }

  /// An object with `total` and the first rows.
  ///
  /// @param rows the name of their field
  static <T> void write(
      JsonGenerator json, String rows, Collection<T> all, Json.ElementWriter<T> writer)
      throws IOException {
    json.writeNumberField("total", all.size());
    Json.array(json, rows, of(all), writer);
  }
}
