package dev.otelscope.probe;

import dev.otelscope.model.Cidr;
import dev.otelscope.probe.connection.TierLadder;
import dev.otelscope.probe.conntrack.Conntrack;
import dev.otelscope.probe.container.Containers;
import dev.otelscope.probe.container.RuntimeSocket;
import dev.otelscope.probe.dns.NameWatch;
import dev.otelscope.probe.emission.Coverage;
import dev.otelscope.probe.emission.Emission;
import dev.otelscope.probe.host.HostIdentity;
import dev.otelscope.probe.host.HostInventory;
import dev.otelscope.probe.host.HostUsageReader;
import dev.otelscope.probe.kernel.KernelException;
import dev.otelscope.probe.kernel.NamespaceSelection;
import dev.otelscope.probe.process.CommandLines;
import dev.otelscope.probe.process.DescriptorOwners;
import dev.otelscope.probe.process.LabelValues;
import dev.otelscope.probe.process.ProcProcessTable;
import dev.otelscope.probe.process.ProcessIdentity;
import dev.otelscope.probe.process.ProcessSelection;
import dev.otelscope.probe.process.ProcessTable;
import dev.otelscope.probe.tracking.ConnectionTracker;
import dev.otelscope.probe.tracking.EphemeralPorts;
import dev.otelscope.probe.tracking.Reaches;
import dev.otelscope.probe.tracking.TrackingRules;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The running probe: looks at the machine at every interval and sends what changed.
public final class Probe implements AutoCloseable {
  /*
   * Threads
   *   One thread looks, tracks and collects, in turns: each interval the watch first, then the SDK's
   *   reader, both on the same executor. Sending has a thread of its own, so that a receiver that does
   *   not answer keeps nobody from looking.
   */
  private static final Path PROC = Path.of("/proc");
  private static final Path PASSWD = Path.of("/etc/passwd");
  private static final Duration LONGEST_WAIT_FOR_FACTS = Duration.ofSeconds(2);

  private final Watch watch;
  private final Emission emission;
  private final Containers containers;

  private Probe(Watch watch, Emission emission, Containers containers) {
    this.watch = watch;
    this.emission = emission;
    this.containers = containers;
  }

  /// Starts a probe.
  ///
  /// @throws IOException when not even the last tier works here; the message says why
  /// @throws IllegalArgumentException when the receiver's certificates cannot be read
  public static Probe start(ProbeConfig config) throws IOException {
    HostIdentity host = HostIdentity.ofThisMachine(config.hostId());
    NamespaceSelection selection = new NamespaceSelection(config.namespaces());
    TierLadder source = Sources.open(config.bestTier(), selection);
    Containers containers =
        new Containers(
            config.runtimeSockets().stream()
                .map(socket -> RuntimeSocket.at(socket, RuntimeLanguages.ALL))
                .toList(),
            selection.equals(NamespaceSelection.ALL));
    Conntrack conntrack = Conntrack.of(selection);
    DescriptorOwners owners = new DescriptorOwners(PROC);
    ConnectionTracker tracker =
        new ConnectionTracker(
            owners,
            conntrack,
            new TrackingRules(
                EphemeralPorts.ofThisMachine(),
                new Reaches(Set.copyOf(config.localNetworks())),
                config.interval().compareTo(LONGEST_WAIT_FOR_FACTS) <= 0,
                TrackingRules.seriesLimitOf(Runtime.getRuntime().maxMemory())));
    Surroundings surroundings =
        Surroundings.of(
            new HostInventory(config.nodeName()),
            selection,
            () -> localNetworks(config, containers));
    ProcProcessTable processes =
        new ProcProcessTable(PROC, PASSWD, commandLines(config), source::traceOf);
    NameWatch names = names(config, selection);
    Watch watch = Watch.begin(source, conntrack, names, tracker, owners, surroundings);
    ScheduledExecutorService thread =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("probe").factory());
    long nanos = config.interval().toNanos();
    var _ = thread.scheduleAtFixedRate(watch::look, nanos, nanos, TimeUnit.NANOSECONDS);
    Emission emission =
        Emission.start(
            new Emission.Sources(
                host,
                config.resourceAttributes().shared(),
                new LabelValues(config.secretNames()),
                surroundings::host,
                new HostUsageReader(),
                processes,
                () -> chosen(config.processes(), processes, tracker, selection),
                containers,
                tracker,
                names,
                watch::coverage),
            config.receiver(),
            config.logsReceiver(),
            config.interval(),
            thread,
            Clock.systemUTC());
    return new Probe(watch, emission, containers);
  }

  private static Set<Cidr> localNetworks(ProbeConfig config, Containers containers) {
    return Stream.concat(config.localNetworks().stream(), containers.localNetworks().stream())
        .collect(Collectors.toUnmodifiableSet());
  }

  /// What listens to name servers, if it is wanted and there is somebody to tell.
  static NameWatch names(ProbeConfig config, NamespaceSelection selection) throws KernelException {
    return config.dns() && config.logsReceiver().isPresent()
        ? NameWatch.of(selection)
        : NameWatch.off();
  }

  private static CommandLines commandLines(ProbeConfig config) {
    return config.commandLines()
        ? CommandLines.masked(config.secretNames())
        : CommandLines.hidden();
  }

  /// A probe that looks at a part of the machine has only the processes there.
  private static Collection<ProcessIdentity> chosen(
      ProcessSelection wanted,
      ProcessTable processes,
      ConnectionTracker tracker,
      NamespaceSelection selection) {
    Collection<ProcessIdentity> all = processes.selected(wanted);
    return selection.equals(NamespaceSelection.ALL)
        ? all
        : all.stream()
            .filter(process ->
                processes
                    .facts(process)
                    .filter(facts -> tracker.looksInto(facts.networkNamespace()))
                    .isPresent())
            .toList();
  }

  /// How much it sees at the moment.
  public Coverage coverage() {
    return watch.coverage();
  }

  /// Sends once more what changed, and ends within 5 s.
  @Override
  public void close() {
    emission.close();
    watch.close();
    containers.close();
  }
}
