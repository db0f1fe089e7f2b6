package dev.otelscope.query;

import static dev.otelscope.query.kit.TestClient.texts;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.otelscope.model.EdgeKey;
import dev.otelscope.model.EntityId;
import dev.otelscope.model.GraphPublisher;
import dev.otelscope.query.kit.EventReader;
import dev.otelscope.query.kit.EventReader.Event;
import dev.otelscope.query.kit.TestClient;
import dev.otelscope.query.kit.TestWorld;
import java.net.BindException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StreamApiTest {
  private static final String PROCESSES = "/api/v1/views/processes/stream";
  private static final EntityId NGINX = TestWorld.process("web", 100);

  private final GraphPublisher graph = new GraphPublisher();
  private final TestWorld world = TestWorld.shop(graph, "k3x9");
  private final AtomicBoolean connected = new AtomicBoolean(true);
  private final List<EventReader> readers = new ArrayList<>();
  private QueryServer server;
  private TestClient client;

  @BeforeEach
  void start() throws BindException {
    world.publish();
    server = QueryServer.start(QueryConfig.DEFAULTS.withPort(0), graph, connected::get);
    client = new TestClient(server.uri());
  }

  @AfterEach
  void stop() {
    readers.forEach(EventReader::close);
    client.close();
    server.close();
  }

  private EventReader open(String path, String... headers) {
    EventReader reader = EventReader.open(server.uri(), path, headers);
    readers.add(reader);
    return reader;
  }

  private EdgeKey connectSomeone(int pid) {
    EntityId client = world.process("web", pid, "curl", "curl -s http://localhost");
    return world.connect(client, NGINX, 443, 1);
  }

  @Test
  void beginsWithTheWholeViewAndGoesOnWithChanges() {
    EventReader reader = open(PROCESSES);
    Event snapshot = reader.next();
    assertThat(snapshot.name()).isEqualTo("snapshot");
    assertThat(snapshot.id()).isEqualTo("k3x9:1");
    assertThat(snapshot.data()).isEqualTo(client.json("/api/v1/views/processes"));

    EdgeKey key = connectSomeone(700);
    world.publish();
    Event added = reader.next();
    assertThat(added.name()).isEqualTo("delta");
    assertThat(added.id()).isEqualTo("k3x9:2");
    assertThat(added.data().path("from").asText()).isEqualTo("k3x9:1");
    assertThat(added.data().path("revision").asText()).isEqualTo("k3x9:2");
    assertThat(texts(added.data().path("nodes").path("add"), "label")).containsExactly("curl");
    assertThat(added.data().path("edges").path("add")).hasSize(1);
    assertThat(added.data().path("view").asText()).isEqualTo("processes");

    world.disconnect(key);
    world.publish();
    JsonNode removed = reader.next().data();
    assertThat(removed.path("nodes").path("remove").get(0).asText())
        .isEqualTo("process~web~700~boot-700");
    assertThat(removed.path("edges").path("remove")).hasSize(1);
    assertThat(removed.path("hidden").path("unconnected").asInt()).isEqualTo(2);
  }

  @Test
  void whatDoesNotChangeTheViewIsNotSent() {
    EventReader reader = open(PROCESSES);
    reader.next();
    world.process("web", 800, "idle", "idle");
    world.publish();
    Event hiddenOnly = reader.next();
    assertThat(hiddenOnly.data().path("nodes").path("add")).isEmpty();
    assertThat(hiddenOnly.data().path("hidden").path("unconnected").asInt()).isEqualTo(2);

    world.publish();
    world.publish();
    connectSomeone(801);
    world.publish();
    Event next = reader.next();
    assertThat(next.data().path("from").asText()).isEqualTo("k3x9:2");
    assertThat(next.data().path("revision").asText()).isEqualTo("k3x9:5");
  }

  @Test
  void aReaderThatComesBackGetsWhatItMissed() {
    EventReader stays = open(PROCESSES);
    EventReader goes = open(PROCESSES);
    stays.next();
    String seen = goes.next().id();
    goes.close();
    connectSomeone(700);
    world.publish();
    stays.next();
    connectSomeone(701);
    world.publish();
    stays.next();

    Event missed = open(PROCESSES, "Last-Event-ID", seen).next();
    assertThat(missed.name()).isEqualTo("delta");
    assertThat(missed.data().path("from").asText()).isEqualTo("k3x9:1");
    assertThat(missed.data().path("revision").asText()).isEqualTo("k3x9:3");
    assertThat(missed.data().path("nodes").path("add")).hasSize(2);
  }

  @Test
  void anUnknownRevisionGetsTheWholeView() {
    assertThat(open(PROCESSES, "Last-Event-ID", "p0aa:1").next().name()).isEqualTo("snapshot");
    assertThat(open(PROCESSES, "Last-Event-ID", "not a revision").next().name())
        .isEqualTo("snapshot");
    assertThat(open(PROCESSES, "Last-Event-ID", "k3x9:999").next().name()).isEqualTo("snapshot");
  }

  @Test
  void aRestartedProcessorReplacesWhatItKnowsOtherwise() {
    EventReader reader = open(PROCESSES);
    reader.next();

    TestWorld restarted = new TestWorld(graph, "p0aa");
    restarted.host("web", "shop-1");
    EntityId nginx = restarted.process("web", 100, "nginx", "nginx: worker process");
    EntityId app = restarted.process("web", 200, "app", "/usr/bin/app --port 8080");
    restarted.connect(nginx, app, 8080, 3);
    restarted.publishAnew();

    Event delta = reader.next();
    assertThat(delta.name()).isEqualTo("delta");
    assertThat(delta.id()).isEqualTo("p0aa:1");
    assertThat(delta.data().path("from").asText()).isEqualTo("k3x9:1");
    assertThat(texts(client.json("/api/v1/views/processes").path("nodes"), "label"))
        .containsExactlyInAnyOrder("nginx", "app");
    assertThat(delta.data().path("nodes").path("remove")).hasSize(3);
    assertThat(delta.data().path("nodes").path("add")).isEmpty();
  }

  @Test
  void severalViewsComeOverOneConnection() {
    EventReader reader = open("/api/v1/stream?view=processes%3Fsystem%3Dshow&view=hosts");
    Event views = reader.next();
    assertThat(views.name()).isEqualTo("views");
    assertThat(views.id()).isEmpty();
    assertThat(views.data().path("views")).hasSize(3);
    Event first = reader.next();
    Event second = reader.next();
    assertThat(List.of(first.name(), second.name())).containsOnly("snapshot");
    assertThat(first.data().path("view").asText()).isEqualTo("processes?system=show");
    assertThat(first.id()).isEmpty();
    assertThat(second.data().path("view").asText()).isEqualTo("hosts");
    assertThat(second.id()).isEqualTo("k3x9:1");
    assertThat(texts(first.data().path("nodes"), "label")).contains("otelcol");

    connectSomeone(700);
    world.publish();
    Event delta = reader.next("delta");
    assertThat(delta.data().path("view").asText()).isEqualTo("processes?system=show");
    Event counts = reader.next("views");
    assertThat(counts.data().path("views").get(0).path("stats").path("nodes").asInt()).isEqualTo(6);
  }

  @Test
  void withoutAViewOnlyTheListOfViewsComes() {
    EventReader reader = open("/api/v1/stream");

    assertThat(reader.next().name()).isEqualTo("views");
    connectSomeone(700);
    world.publish();
    assertThat(reader.next().name()).isEqualTo("views");
  }

  @Test
  void oneChangeIsWrittenOnceForAllReaders() {
    int count = 20;
    List<EventReader> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      all.add(open(PROCESSES));
    }
    all.forEach(EventReader::next);
    double before = metric("otelscope_query_deltas_written_total");

    connectSomeone(700);
    world.publish();
    for (EventReader reader : all) {
      assertThat(reader.next().id()).isEqualTo("k3x9:2");
    }
    assertThat(metric("otelscope_query_deltas_written_total") - before).isEqualTo(1);
    assertThat(metric("otelscope_query_snapshots_written_total")).isEqualTo(1);
    assertThat(metric("otelscope_query_selections")).isEqualTo(1);
    assertThat(metric("otelscope_query_streams")).isEqualTo(count);

    all.forEach(EventReader::close);
    connectSomeone(701);
    world.publish();
    Awaitility.await().until(() -> metric("otelscope_query_streams") == 0);
  }

  private double metric(String name) {
    return client
        .get("/metrics")
        .body()
        .lines()
        .filter(line -> line.startsWith(name + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
        .findFirst()
        .orElseThrow();
  }

  /// The slow one does not read while far more changes than a socket holds go to the other.
  @Test
  void aSlowReaderHoldsUpNobodyAndMissesNothing() {
    EventReader slow = open(PROCESSES);
    EventReader quick = open(PROCESSES);
    slow.next();
    quick.next();
    int rounds = 40;
    String padding = "x".repeat(4000);
    for (int round = 0; round < rounds; round++) {
      for (int i = 0; i < 100; i++) {
        int pid = 1000 + i;
        EntityId someone = world.process("web", pid, "curl", "curl " + padding + round);
        world.connect(someone, NGINX, 443, 1);
      }
      String revision = world.publish().revision().toString();
      while (!quick.next().id().equals(revision)) {
        // a slow machine may merge some for the quick reader, too
      }
    }

    String last = "k3x9:" + (rounds + 1);
    List<Event> read = new ArrayList<>();
    do {
      read.add(slow.next());
    } while (!read.getLast().id().equals(last));
    assertThat(read.size()).as("events for %d rounds", rounds).isLessThan(rounds);
    String from = "k3x9:1";
    for (Event event : read) {
      assertThat(event.data().path("from").asText(from)).isEqualTo(from);
      from = event.id();
    }
  }

  @Test
  void saysWhenTheProcessorFallsSilent() {
    EventReader reader = open(PROCESSES);
    assertThat(reader.next().data().path("stale").asBoolean()).isFalse();

    connected.set(false);
    Event status = reader.next("status");
    assertThat(status.data().path("stale").asBoolean()).isTrue();
    assertThat(client.json("/api/v1/views/processes").path("stale").asBoolean()).isTrue();

    connected.set(true);
    assertThat(reader.next("status").data().path("stale").asBoolean()).isFalse();
  }

  @Test
  void aStreamIsNotCompressedAndNotCached() {
    EventReader reader = open(PROCESSES, "Accept-Encoding", "gzip");
    reader.next();
    assertThat(reader.headers())
        .anyMatch(line -> line.equalsIgnoreCase("content-type: text/event-stream"))
        .anyMatch(line -> line.equalsIgnoreCase("cache-control: no-store"))
        .noneMatch(line -> line.toLowerCase(java.util.Locale.ROOT).startsWith("content-encoding"));
  }

  @Test
  void wrongParametersAreRefusedBeforeTheStreamBegins() {
    assertThat(client.get("/api/v1/stream?view=nothing").statusCode()).isEqualTo(404);
    assertThat(client.get("/api/v1/stream?view=hosts%3Fsystem%3Dshow").statusCode()).isEqualTo(400);
    assertThat(client.get("/api/v1/stream?view=hosts&x=1").statusCode()).isEqualTo(400);
    assertThat(client.get(PROCESSES + "?pseudo=maybe").statusCode()).isEqualTo(400);
  }
}
