package dev.otelscope.probe;

import dev.otelscope.probe.connection.ClosedSocket;
import dev.otelscope.probe.connection.ConnectionListener;
import dev.otelscope.probe.connection.ListeningSocket;
import dev.otelscope.probe.connection.PastConnections;
import dev.otelscope.probe.connection.Socket;
import dev.otelscope.probe.connection.Tier;
import dev.otelscope.probe.connection.TierLadder;
import dev.otelscope.probe.kernel.NamespaceSelection;
import dev.otelscope.probe.process.CommandLines;
import dev.otelscope.probe.process.DescriptorOwners;
import dev.otelscope.probe.process.ProcProcessTable;
import dev.otelscope.probe.process.ProcessFacts;
import dev.otelscope.probe.procfs.ProcTier;
import dev.otelscope.probe.sockdiag.OwnSockDiagTier;
import dev.otelscope.probe.sockdiag.SockDiagTier;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a user without privileges sees of a connection of its own. Prints the tier, why not a
/// better one, and for each end of the connection its process. Started by [UnprivilegedIT].
public final class UnprivilegedProgram {
  private UnprivilegedProgram() {}

  /// @param arguments the number of the best tier to try, when one is given
  public static void main(String[] arguments) throws Exception {
    NamespaceSelection selection = NamespaceSelection.ALL;
    Optional<Tier> best =
        arguments.length == 0 ? Optional.empty() : Optional.of(Tier.valueOf(arguments[0]));
    DescriptorOwners owners = new DescriptorOwners(Path.of("/proc"));
    ProcProcessTable processes =
        new ProcProcessTable(
            Path.of("/proc"),
            Path.of("/etc/passwd"),
            CommandLines.masked(List.of()),
            gone -> Optional.empty());
    InetAddress loopback = InetAddress.ofLiteral("127.0.0.1");
    try (TierLadder source =
            new TierLadder(
                List.of(
                    new SockDiagTier(selection),
                    new OwnSockDiagTier(selection),
                    new ProcTier(selection)),
                best);
        ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.INET);
        SocketChannel client = SocketChannel.open(StandardProtocolFamily.INET)) {
      listener.bind(new InetSocketAddress(loopback, 0));
      client.connect(listener.getLocalAddress());
      try (SocketChannel server = listener.accept()) {
        List<Socket> open = new ArrayList<>();
        source.scan(collecting(open));
        open.forEach(socket -> owners.ownerOf(socket.inode()));
        owners.refresh();
        System.out.println("tier " + source.tier().number());
        System.out.println("reason " + source.reason());
        for (Socket socket : open) {
          String owner =
              owners
                  .ownerOf(socket.inode())
                  .flatMap(processes::facts)
                  .map(UnprivilegedProgram::describe)
                  .orElse("unknown");
          System.out.println("socket " + socket.localPort() + " of " + owner);
        }
        System.out.println(
            "expected " + server.socket().getPort() + " and " + listener.socket().getLocalPort());
      }
    }
  }

  private static String describe(ProcessFacts facts) {
    return facts.identity().pid() + " " + facts.name() + " by " + facts.owner();
  }

  private static ConnectionListener collecting(List<Socket> open) {
    return new ConnectionListener() {
      @Override
      public void namespace(String namespace) {}

      @Override
      public void open(Socket socket) {
        open.add(socket);
      }

      @Override
      public void listening(ListeningSocket socket) {}

      @Override
      public void closed(ClosedSocket socket) {}

      @Override
      public void past(PastConnections connections) {}

      @Override
      public void lost(String reason, long count) {
        System.out.println("lost " + reason + " " + count);
      }
    };
  }
}
