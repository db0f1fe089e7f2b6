package dev.otelscope.probe.connection;

import com.sun.management.ThreadMXBean;
import dev.otelscope.probe.TestNamespace;
import dev.otelscope.probe.kernel.NamespaceSelection;
import dev.otelscope.probe.process.DescriptorOwners;
import dev.otelscope.probe.procfs.ProcTier;
import dev.otelscope.probe.sockdiag.SockDiagTier;
import dev.otelscope.probe.tracing.EbpfTier;
import java.lang.management.ManagementFactory;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Prints what a scan costs, as root, in a network namespace of its own: `java -cp …
/// dev.otelscope.probe.connection.ScanCost 1000 10000`
///
/// CPU time is that of the scanning thread, in the kernel and out of it, and is steadier than wall
/// time on a shared machine. Allocation is what a scan leaves to the garbage collector.
public final class ScanCost {
  private static final int WARM_UP = 300;
  private static final int MEASURED = 100;
  private static final int SHORT_ROUNDS = 10;
  private static final int SHORT_CONNECTIONS = 1000;
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private ScanCost() {}

  /// What a listener must at least do: ask who owns each socket.
  private static final class Asking implements ConnectionListener {
    private final DescriptorOwners owners;
    private long owned;
    private long closed;
    private long lost;

    private Asking(DescriptorOwners owners) {
      this.owners = owners;
    }

    @Override
    public void namespace(String namespace) {}

    @Override
    public void open(Socket socket) {
      owned += socket.process().or(() -> owners.ownerOf(socket.inode())).isPresent() ? 1 : 0;
    }

    @Override
    public void listening(ListeningSocket socket) {}

    @Override
    public void closed(ClosedSocket socket) {
      closed++;
    }

    @Override
    public void past(PastConnections connections) {
      closed += connections.opened() + connections.failed();
    }

    @Override
    public void lost(String reason, long count) {
      lost += count;
    }
  }

  /// @param sizes numbers of sockets, two for each connection
  public static void main(String[] sizes) throws Exception {
    System.out.printf(
        "%s, %d processors, Java %s%n",
        System.getProperty("os.version"),
        Runtime.getRuntime().availableProcessors(),
        Runtime.version());
    for (String size : sizes) {
      measure(Integer.parseInt(size));
    }
  }

  private static void measure(int sockets) throws Exception {
    try (TestNamespace namespace = TestNamespace.create()) {
      List<SocketChannel> ends = new ArrayList<>();
      try (ServerSocketChannel listener = namespace.inside(() -> TcpPair.listen("127.0.0.1", 0))) {
        for (int i = 0; i < sockets / 2; i++) {
          ends.add(connect(namespace, listener));
          ends.add(listener.accept());
        }
        NamespaceSelection selection = namespace.selection();
        measureScans("eBPF", sockets, new EbpfTier(selection));
        measureScans("sock_diag", sockets, new SockDiagTier(selection));
        measureScans("/proc/net", sockets, new ProcTier(selection));
        measureEvents("eBPF", sockets, namespace, listener, new EbpfTier(selection));
        measureEvents("sock_diag", sockets, namespace, listener, new SockDiagTier(selection));
      } finally {
        for (SocketChannel end : ends) {
          end.close();
        }
      }
    }
  }

  private static SocketChannel connect(TestNamespace namespace, ServerSocketChannel listener)
      throws Exception {
    SocketChannel client = namespace.inside(() -> SocketChannel.open(TcpPair.family("127.0.0.1")));
    client.connect(listener.getLocalAddress());
    return client;
  }

  private static void measureScans(String name, int sockets, TierRung tier) throws Exception {
    DescriptorOwners owners = new DescriptorOwners(Path.of("/proc"));
    Asking asking = new Asking(owners);
    try (ConnectionSource source = tier.open(new OpenNamespaces())) {
      Cost first = new Cost();
      source.scan(asking);
      first.add(owners::refresh);
      first.print(name + ", first search for owners", sockets);
      Cost scans = new Cost();
      Cost searches = new Cost();
      for (int i = 0; i < WARM_UP + MEASURED; i++) {
        if (i == WARM_UP) {
          scans = new Cost();
          searches = new Cost();
        }
        asking.owned = 0;
        scans.add(() -> source.scan(asking));
        searches.add(owners::refresh);
      }
      scans.print(name + ", scan", sockets);
      searches.print(name + ", search for owners", sockets);
      System.out.printf("  with their process: %d, lost: %d%n", asking.owned, asking.lost);
    }
  }

  /// Short connections while the others are held; each ends twice. The kernel tells of ends a
  /// little later, so it may take a second scan.
  private static void measureEvents(
      String name,
      int sockets,
      TestNamespace namespace,
      ServerSocketChannel listener,
      TierRung tier)
      throws Exception {
    Asking asking = new Asking(new DescriptorOwners(Path.of("/proc")));
    try (ConnectionSource source = tier.open(new OpenNamespaces())) {
      source.scan(asking);
      Cost cost = new Cost();
      for (int round = 0; round < SHORT_ROUNDS; round++) {
        for (int i = 0; i < SHORT_CONNECTIONS; i++) {
          SocketChannel client = connect(namespace, listener);
          listener.accept().close();
          client.close();
        }
        cost.add(() -> source.scan(asking));
      }
      cost.print(name + ", scan with 1000 short ones", sockets);
      source.scan(asking);
      System.out.printf("  ends told: %d, lost: %d%n", asking.closed, asking.lost);
    }
  }

  private interface Work {
    void run() throws Exception;
  }

  /// What pieces of work cost in the mean.
  private static final class Cost {
    private long cpu;
    private long allocated;
    private int count;

    private void add(Work work) throws Exception {
      long cpuBefore = THREADS.getCurrentThreadCpuTime();
      long allocatedBefore = THREADS.getCurrentThreadAllocatedBytes();
      work.run();
      allocated += THREADS.getCurrentThreadAllocatedBytes() - allocatedBefore;
      cpu += THREADS.getCurrentThreadCpuTime() - cpuBefore;
      count++;
    }

    private void print(String what, int sockets) {
      System.out.printf(
          Locale.ROOT,
          "%-36s %,7d sockets: %8.3f ms CPU, %,9d bytes allocated%n",
          what,
          sockets,
          cpu / 1e6 / count,
          allocated / count);
    }
  }
}
