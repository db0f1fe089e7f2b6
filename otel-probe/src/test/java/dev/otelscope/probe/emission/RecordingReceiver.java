package dev.otelscope.probe.emission;

import com.google.protobuf.Parser;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
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
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.zip.GZIPInputStream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

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
  private final String scheme;
  private final List<ExportMetricsServiceRequest> requests = new ArrayList<>();
  private final List<ExportLogsServiceRequest> logRequests = new ArrayList<>();
  private final List<Map<String, List<String>>> headers = new ArrayList<>();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private int status = 200;
  private Map<String, String> answerHeaders = Map.of();
  private CountDownLatch patience = new CountDownLatch(0);
  private byte[] answer = {};

  public RecordingReceiver() {
    this(plain(), "http");
  }

  private RecordingReceiver(HttpServer server, String scheme) {
    this.server = server;
    this.scheme = scheme;
    server.createContext(
        "/v1/metrics",
        exchange -> receive(exchange, ExportMetricsServiceRequest.parser(), requests));
    server.createContext(
        "/v1/logs", exchange -> receive(exchange, ExportLogsServiceRequest.parser(), logRequests));
    server.setExecutor(threads);
    server.start();
  }

  private static HttpServer plain() {
    try {
      return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /// One that speaks TLS and takes only clients that the context trusts.
  static RecordingReceiver overTls(SSLContext context) throws IOException {
    HttpsServer server =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(
        new HttpsConfigurator(context) {
          @Override
          public void configure(HttpsParameters parameters) {
            SSLParameters wanted = context.getDefaultSSLParameters();
            wanted.setNeedClientAuth(true);
            parameters.setSSLParameters(wanted);
          }
        });
    return new RecordingReceiver(server, "https");
  }

  public URI base() {
    return URI.create(scheme + "://127.0.0.1:" + server.getAddress().getPort());
  }

  /// What it answers from now on.
  public synchronized void answers(int newStatus, byte... body) {
    answers(newStatus, Map.of(), body);
  }

  synchronized void answers(int newStatus, Map<String, String> newHeaders, byte... body) {
    status = newStatus;
    answerHeaders = newHeaders;
    answer = body;
  }

  /// From now on it takes requests and says nothing.
  synchronized void holdsAnswersBack() {
    patience = new CountDownLatch(1);
  }

  /// It says what it held back, and answers at once from now on.
  synchronized void answersAgain() {
    patience.countDown();
  }

  /// What came since the last call, also what was refused.
  synchronized List<ExportMetricsServiceRequest> takeRequests() {
    List<ExportMetricsServiceRequest> taken = List.copyOf(requests);
    requests.clear();
    return taken;
  }

  /// The log records that came since the last call.
  synchronized List<LogRecord> takeLogs() {
    List<LogRecord> taken =
        logRequests.stream()
            .flatMap(request -> request.getResourceLogsList().stream())
            .flatMap(resource -> resource.getScopeLogsList().stream())
            .flatMap(scope -> scope.getLogRecordsList().stream())
            .toList();
    logRequests.clear();
    return taken;
  }

  /// The points of what came since the last call.
  public List<Received> take() {
    return received(takeRequests());
  }

  /// The points of requests, histograms left out.
  static List<Received> received(List<ExportMetricsServiceRequest> requests) {
    List<Received> points = new ArrayList<>();
    for (ExportMetricsServiceRequest request : requests) {
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

  /// How many points, of whichever kind, a request has.
  static int pointsOf(ExportMetricsServiceRequest request) {
    return request.getResourceMetricsList().stream()
        .flatMap(resource -> resource.getScopeMetricsList().stream())
        .flatMap(scope -> scope.getMetricsList().stream())
        .mapToInt(metric ->
            pointsOf(metric).size() + metric.getExponentialHistogram().getDataPointsCount())
        .sum();
  }

  synchronized List<Map<String, List<String>>> headers() {
    return List.copyOf(headers);
  }

  private <T> void receive(HttpExchange exchange, Parser<T> parser, List<T> received)
      throws IOException {
    boolean gzip = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
    byte[] body;
    try (InputStream in =
        gzip ? new GZIPInputStream(exchange.getRequestBody()) : exchange.getRequestBody()) {
      body = in.readAllBytes();
    }
    int code;
    byte[] said;
    CountDownLatch wait;
    synchronized (this) {
      received.add(parser.parseFrom(body));
      headers.add(Map.copyOf(exchange.getRequestHeaders()));
      code = status;
      said = answer;
      wait = patience;
      answerHeaders.forEach(exchange.getResponseHeaders()::add);
    }
    try {
      wait.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
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
    answersAgain();
    server.stop(0);
    threads.shutdownNow();
  }
}
