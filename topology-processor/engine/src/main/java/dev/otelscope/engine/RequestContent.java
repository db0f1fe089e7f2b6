package dev.otelscope.engine;

import dev.otelscope.engine.observation.Observation;
import dev.otelscope.engine.observation.Observation.EntityObservation;
import java.util.ArrayList;
import java.util.List;

/// What a request said, sorted by who applies it, and what of it is of no use.
final class RequestContent {
  private final List<List<Observation>> flows;
  private final List<EntityObservation> entities = new ArrayList<>();
  private long read;
  private long taken;
  private long unusable;
  private long empty;
  private long overLimit;
  private long unusedMetrics;
  private long unusedRecords;
  private String firstProblem = "";

  RequestContent(int shards) {
    flows = new ArrayList<>(shards);
    for (int i = 0; i < shards; i++) {
      flows.add(new ArrayList<>());
    }
  }

  List<Observation> flows(int shard) {
    return flows.get(shard);
  }

  List<EntityObservation> entities() {
    return entities;
  }

  long read() {
    return read;
  }

  long taken() {
    return taken;
  }

  long unusable() {
    return unusable;
  }

  long empty() {
    return empty;
  }

  long overLimit() {
    return overLimit;
  }

  long unusedMetrics() {
    return unusedMetrics;
  }

  long unusedRecords() {
    return unusedRecords;
  }

  void countRead() {
    read++;
  }

  void countTaken(int points) {
    taken += points;
  }

  void countEmpty() {
    empty++;
  }

  void countOverLimit() {
    overLimit++;
  }

  void countUnusedMetric() {
    unusedMetrics++;
  }

  void countUnusedRecord() {
    unusedRecords++;
  }

  void countUnusable(String why) {
    unusable++;
    if (firstProblem.isEmpty()) {
      firstProblem = why;
    }
  }

  /// Why points were rejected, for whoever sent them.
  String rejection() {
    List<String> reasons = new ArrayList<>(2);
    if (unusable > 0) {
      reasons.add(unusable + " points cannot be used: " + firstProblem);
    }
    if (overLimit > 0) {
      reasons.add(
          overLimit
              + " points would begin connections or entities beyond the processor's limits;"
              + " raise them, or send fewer");
    }
    return String.join(". ", reasons);
  }
}
