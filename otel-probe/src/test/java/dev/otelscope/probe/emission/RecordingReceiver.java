package dev.otelscope.probe.emission;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;

/// An OTLP/HTTP receiver that keeps what it is sent, read by the reference implementation.
public final class RecordingReceiver implements AutoCloseable {

  /// A point with everything that says whose it is.
  public record Received(
      Map<String, String> resource,
      String metric,
      Map<String, String> attributes,
      NumberDataPoint point) {

    public double value() {
      return point.hasAsInt() ? point.getAsInt() : point.getAsDouble();
    }
  }

  private final HttpServer server;
  private final List<ExportMetricsServiceRequest> requests = new ArrayList<>();
  private final List<Map<String, List<String>>> headers = new ArrayList<>();
  private int status = 200;
  private byte[] answer = {};

  public RecordingReceiver() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    server.createContext("/v1/metrics", this::receive);
    server.start();
  }

  public URI base() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /// What it answers from now on.
  public synchronized void answers(int newStatus, byte... body) {
    status = newStatus;
    answer = body;
  }

  /// What came since the last call, also what was refused.
  synchronized List<ExportMetricsServiceRequest> takeRequests() {
    List<ExportMetricsServiceRequest> taken = List.copyOf(requests);
    requests.clear();
    return taken;
  }

  /// The points of what came since the last call.
  public List<Received> take() {
    List<Received> points = new ArrayList<>();
    for (ExportMetricsServiceRequest request : takeRequests()) {
      for (ResourceMetrics resource : request.getResourceMetricsList()) {
        Map<String, String> attributes = map(resource.getResource().getAttributesList());
        for (ScopeMetrics scope : resource.getScopeMetricsList()) {
          for (Metric metric : scope.getMetricsList()) {
            for (NumberDataPoint point : pointsOf(metric)) {
              points.add(
                  new Received(
                      attributes, metric.getName(), map(point.getAttributesList()), point));
            }
          }
        }
      }
    }
    return points;
  }

  synchronized List<Map<String, List<String>>> headers() {
    return List.copyOf(headers);
  }

  private void receive(HttpExchange exchange) throws IOException {
    byte[] body;
    try (InputStream in = new GZIPInputStream(exchange.getRequestBody())) {
      body = in.readAllBytes();
    }
    int code;
    byte[] said;
    synchronized (this) {
      requests.add(ExportMetricsServiceRequest.parseFrom(body));
      headers.add(Map.copyOf(exchange.getRequestHeaders()));
      code = status;
      said = answer;
    }
    exchange.sendResponseHeaders(code, said.length == 0 ? -1 : said.length);
    exchange.getResponseBody().write(said);
    exchange.close();
  }

  static List<NumberDataPoint> pointsOf(Metric metric) {
    return metric.hasSum()
        ? metric.getSum().getDataPointsList()
        : metric.getGauge().getDataPointsList();
  }

  static Map<String, String> map(List<KeyValue> attributes) {
    Map<String, String> map = new TreeMap<>();
    attributes.forEach(attribute -> map.put(attribute.getKey(), text(attribute.getValue())));
    return map;
  }

  private static String text(AnyValue value) {
    return switch (value.getValueCase()) {
      case STRING_VALUE -> value.getStringValue();
      case INT_VALUE -> Long.toString(value.getIntValue());
      case BOOL_VALUE -> Boolean.toString(value.getBoolValue());
      case DOUBLE_VALUE -> Double.toString(value.getDoubleValue());
      default -> value.toString();
    };
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
