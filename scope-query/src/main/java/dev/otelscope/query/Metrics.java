package dev.otelscope.query;

import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.prometheus.PrometheusExpositionService;
import dev.otelscope.model.GraphSource;
import dev.otelscope.query.live.LiveCounters;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.function.DoubleSupplier;

/// What the query service says about itself in `/metrics`. Values are read when they are asked for.
final class Metrics {
  private final PrometheusRegistry registry = new PrometheusRegistry();

  private Metrics() {}

  static HttpService service(LiveCounters live, GraphSource graph) {
    Metrics metrics = new Metrics();
    metrics.counter(
        "otelscope_query_graph_changes",
        "Changes of the graph that the views followed; several that waited together count once.",
        live::graphChanges);
    metrics.counter(
        "otelscope_query_snapshots_written",
        "Whole views turned into JSON, each once for all who look at it.",
        live::snapshotsWritten);
    metrics.counter(
        "otelscope_query_deltas_written",
        "Changes of views turned into JSON, each once for all who watch it.",
        live::deltasWritten);
    metrics.counter(
        "otelscope_query_events_sent", "Events handed to live streams.", live::eventsSent);
    metrics.gauge("otelscope_query_streams", "Live streams that are open.", live::streams);
    metrics.gauge(
        "otelscope_query_selections",
        "Views under different options that are kept current.",
        live::selections);
    metrics.gauge(
        "otelscope_graph_entities",
        "Entities in the graph now.",
        () -> graph.current().entities().size());
    metrics.gauge(
        "otelscope_graph_edges", "Edges in the graph now.", () -> graph.current().edges().size());
    return PrometheusExpositionService.of(metrics.registry);
  }

  private void counter(String name, String help, DoubleSupplier value) {
    CounterWithCallback.builder()
        .name(name)
        .help(help)
        .callback(counter -> counter.call(value.getAsDouble()))
        .register(registry);
  }

  private void gauge(String name, String help, DoubleSupplier value) {
    GaugeWithCallback.builder()
        .name(name)
        .help(help)
        .callback(gauge -> gauge.call(value.getAsDouble()))
        .register(registry);
  }
}
