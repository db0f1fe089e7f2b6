package dev.otelscope.query.details;

import dev.otelscope.model.Edge;
import dev.otelscope.model.EdgeKey;
import dev.otelscope.model.Entity;
import dev.otelscope.model.EntityId;
import dev.otelscope.model.GraphDelta;
import dev.otelscope.model.GraphSnapshot;
import dev.otelscope.model.Revision;
import dev.otelscope.views.Usage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;

/// The last minute of what entities use and of what goes over edges, whether somebody looks or not.
/// Owned by one thread.
public final class RecentPoints {
  /*
   * Memory: a thing has at most 60 samples of a few floats (under 2 KiB for an edge that changes each
   * second, under 200 bytes for one that does not), and there are at most 100,000 things; later ones
   * have no points.
   */
  private static final int MAX_TRACKS = 100_000;
  private static final long WINDOW_SECONDS = Track.CAPACITY;

  private final Map<EntityId, Track> usage = new HashMap<>();
  private final Map<EdgeKey, Track> traffic = new HashMap<>();
  private long now;

  /// What is known of an entity over time.
  public enum Metric {
    CPU,
    MEMORY
  }

  /// What is known of an edge over time.
  public enum Rate {
    ACTIVE("active", "Open connections", "{connection}"),
    OPENED("opened", "New connections", "{connection}/s"),
    FAILED("failed", "Failed connections", "{connection}/s"),
    RESET("reset", "Reset connections", "{connection}/s"),
    SENT("sent", "Sent", "By/s"),
    RECEIVED("received", "Received", "By/s");

    private final String id;
    private final String label;
    private final String unit;

    Rate(String id, String label, String unit) {
      this.id = id;
      this.label = label;
      this.unit = unit;
    }

    public String id() {
      return id;
    }

    public String label() {
      return label;
    }

    /// UCUM.
    public String unit() {
      return unit;
    }
  }

  /// @param time to the second
  public record Point(Instant time, double value) {}

  /// Notes what a delta changed.
  public void record(GraphDelta delta, GraphSnapshot snapshot) {
    now = snapshot.time().getEpochSecond();
    if (delta.base().equals(Revision.NONE)) {
      usage.keySet().retainAll(snapshot.entities().keySet());
      traffic.keySet().retainAll(snapshot.edges().keySet());
    }
    usage.keySet().removeAll(delta.removedEntities());
    traffic.keySet().removeAll(delta.removedEdges());
    delta.entities().forEach(this::record);
    delta.edges().forEach(this::record);
  }

  private void record(Entity entity) {
    Usage used = Usage.of(entity);
    if (Double.isNaN(used.cpu()) && Double.isNaN(used.memory())) {
      return;
    }
    Track track = trackOf(usage, entity.id(), 2);
    track.add(now, (float) used.cpu(), (float) used.memory());
  }

  private void record(Edge edge) {
    trackOf(traffic, edge.key(), 6)
        .add(
            now,
            (float) edge.active(),
            (float) edge.rates().opened(),
            (float) edge.rates().failed(),
            (float) edge.rates().reset(),
            (float) edge.rates().bytesSent(),
            (float) edge.rates().bytesReceived());
  }

  private <K> Track trackOf(Map<K, Track> tracks, K key, int width) {
    Track known = tracks.get(key);
    if (known != null) {
      return known;
    }
    Track made = new Track(width);
    if (usage.size() + traffic.size() < MAX_TRACKS) {
      tracks.put(key, made);
    }
    return made;
  }

  /// What entities used together, oldest first; a point wherever one of them changed.
  public List<Point> usage(Collection<EntityId> entities, Metric metric) {
    return sum(
        entities.stream().map(usage::get).filter(Objects::nonNull).toList(),
        switch (metric) {
          case CPU -> 0;
          case MEMORY -> 1;
        });
  }

  /// What went over edges together, oldest first; a point wherever one of them changed.
  public List<Point> traffic(Collection<EdgeKey> edges, Rate rate) {
    return sum(
        edges.stream().map(traffic::get).filter(Objects::nonNull).toList(),
        switch (rate) {
          case ACTIVE -> 0;
          case OPENED -> 1;
          case FAILED -> 2;
          case RESET -> 3;
          case SENT -> 4;
          case RECEIVED -> 5;
        });
  }

  private List<Point> sum(List<Track> tracks, int figure) {
    TreeSet<Long> seconds = new TreeSet<>();
    for (Track track : tracks) {
      for (int position = 0; position < track.size(); position++) {
        seconds.add(Math.max(track.second(position), now - WINDOW_SECONDS + 1));
      }
    }
    List<Point> points = new ArrayList<>();
    for (long second : seconds) {
      double sum = Double.NaN;
      for (Track track : tracks) {
        float value = track.valueAt(second, figure);
        if (!Float.isNaN(value)) {
          sum = Double.isNaN(sum) ? value : sum + value;
        }
      }
      if (!Double.isNaN(sum)) {
        points.add(new Point(Instant.ofEpochSecond(second), sum));
      }
    }
    return points;
  }
}
