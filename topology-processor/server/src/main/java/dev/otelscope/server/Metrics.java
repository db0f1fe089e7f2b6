package dev.otelscope.server;

import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.prometheus.PrometheusExpositionService;
import dev.otelscope.engine.counters.EngineCounters;
import dev.otelscope.model.GraphSource;
import dev.otelscope.server.receiver.RequestCounts;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.Locale;

/// What the processor says about itself in `/metrics`. Values are read when they are asked for.
final class Metrics {
  private Metrics() {}

  static HttpService service(RequestCounts requests, EngineCounters engine, GraphSource graph) {
    PrometheusRegistry registry = new PrometheusRegistry();
    CounterWithCallback.builder()
        .name("otelscope_otlp_requests")
        .help("Export requests by what became of them; each counts once.")
        .labelNames("transport", "signal", "outcome")
        .callback(counter ->
            requests.forEach((transport, signal, outcome, count) ->
                counter.call((double) count, label(transport), label(signal), label(outcome))))
        .register(registry);
    CounterWithCallback.builder()
        .name("otelscope_engine")
        .help("What the engine did; the counts of a family add up to a whole.")
        .labelNames("family", "what")
        .callback(counter ->
            engine.forEach(
                (what, count) -> counter.call((double) count, what.family(), label(what))))
        .register(registry);
    GaugeWithCallback.builder()
        .name("otelscope_graph_entities")
        .help("Entities in the graph now.")
        .callback(gauge -> gauge.call(graph.current().entities().size()))
        .register(registry);
    GaugeWithCallback.builder()
        .name("otelscope_graph_edges")
        .help("Edges in the graph now.")
        .callback(gauge -> gauge.call(graph.current().edges().size()))
        .register(registry);
    return PrometheusExpositionService.of(registry);
  }

  private static String label(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
