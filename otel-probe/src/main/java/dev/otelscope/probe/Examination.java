package dev.otelscope.probe;

import dev.otelscope.probe.connection.Finding;
import dev.otelscope.probe.connection.TierLadder;
import dev.otelscope.probe.conntrack.Conntrack;
import dev.otelscope.probe.emission.Coverage;
import dev.otelscope.probe.host.HostInventory;
import dev.otelscope.probe.kernel.NamespaceSelection;
import dev.otelscope.probe.process.DescriptorOwners;
import dev.otelscope.probe.tracking.ConnectionTracker;
import dev.otelscope.probe.tracking.EphemeralPorts;
import dev.otelscope.probe.tracking.LocalEntity;
import dev.otelscope.probe.tracking.Reaches;
import dev.otelscope.probe.tracking.Series;
import dev.otelscope.probe.tracking.TrackingRules;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// One look at the machine, without sending anything.
///
/// @param findings what was tried
/// @param namespaces network namespaces that have connections
/// @param attributed connections whose process was seen
/// @param limits what it may not see although its tier works; see [Limits#of]
record Examination(
    Coverage coverage,
    List<Finding> findings,
    List<String> limits,
    long namespaces,
    long connections,
    long attributed,
    int listeners) {

  /// @throws IOException when no way to see connections works
  static Examination of(ProbeConfig config) throws IOException {
    NamespaceSelection selection = new NamespaceSelection(config.namespaces());
    Conntrack conntrack = Conntrack.of(selection);
    DescriptorOwners owners = new DescriptorOwners(Path.of("/proc"));
    ConnectionTracker tracker =
        new ConnectionTracker(
            owners,
            conntrack,
            new TrackingRules(
                EphemeralPorts.ofThisMachine(),
                new Reaches(Set.copyOf(config.localNetworks())),
                false));
    Surroundings surroundings =
        Surroundings.of(
            new HostInventory(Optional.empty()),
            selection,
            () -> Set.copyOf(config.localNetworks()));
    TierLadder source = Sources.open(config.bestTier(), selection);
    try (Watch watch =
        Watch.begin(
            source, conntrack, Probe.names(config, selection), tracker, owners, surroundings)) {
      return new Examination(
          watch.coverage(),
          source.findings(),
          watch.limits(),
          tracker.series().stream().map(Series::namespace).distinct().count(),
          tracker.series().stream().mapToLong(Series::active).sum(),
          tracker.series().stream()
              .filter(series -> series.key().owner() instanceof LocalEntity.OfProcess)
              .mapToLong(Series::active)
              .sum(),
          tracker.listeners().size());
    }
  }

  /// Whether it sees all that the tiers which were asked for could.
  boolean isComplete() {
    return limits.isEmpty()
        && coverage.untranslated().isEmpty()
        && coverage.unnamed().isEmpty()
        && findings.stream().allMatch(Finding::works);
  }

  private static String many(long count, String one, String several) {
    return count + " " + (count == 1 ? one : several);
  }

  /// What was found, for a person.
  String summary() {
    return "It sees %s in %s (%d of them with their process) and %s."
        .formatted(
            many(connections, "end of a connection", "ends of connections"),
            many(namespaces, "network namespace", "network namespaces"),
            attributed,
            many(listeners, "listening address", "listening addresses"));
  }
}
