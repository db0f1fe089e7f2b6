package dev.otelscope.probe;

import dev.otelscope.probe.kernel.Errno;
import dev.otelscope.probe.kernel.NetworkNamespaces;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.stream.Stream;
import picocli.CommandLine;

/// A program that has a connection to itself, and asks the doctor what a probe with its rights
/// sees: of the whole machine, then of its own network namespace. Started by [LimitedProbeIT].
final class LimitedProgram {
  /// What the doctor's lines begin with: about the machine, and about the own network namespace.
  static final String EVERYWHERE = "everywhere: ";

  static final String HERE = "here: ";

  private LimitedProgram() {}

  /// @param arguments the name of a [Given.Refused], then the doctor's options
  public static void main(String[] arguments) throws Throwable {
    switch (Given.Refused.valueOf(arguments[0])) {
      case NOTHING -> {}
      case BPF -> SeccompFilter.refuseBpf(Errno.EPERM);
      case BPF_AS_UNKNOWN -> SeccompFilter.refuseBpf(Errno.ENOSYS);
      case NETLINK -> SeccompFilter.refuseNetlink(Errno.EPERM);
    }
    String[] options = Stream.of(arguments).skip(1).toArray(String[]::new);
    try (ServerSocketChannel listener = ServerSocketChannel.open();
        SocketChannel client = SocketChannel.open()) {
      listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      client.connect(listener.getLocalAddress());
      try (SocketChannel server = listener.accept()) {
        int status = doctor(EVERYWHERE, Stream.of(options));
        String namespace = "--namespaces=" + NetworkNamespaces.own();
        doctor(HERE, Stream.concat(Stream.of(namespace), Stream.of(options)));
        System.exit(server.isConnected() ? status : 3);
      }
    }
  }

  private static int doctor(String prefix, Stream<String> options) {
    StringWriter said = new StringWriter();
    CommandLine commands = ProbeMain.commands();
    commands.setOut(new PrintWriter(said, true)).setErr(new PrintWriter(said, true));
    int status =
        commands.execute(Stream.concat(Stream.of("doctor"), options).toArray(String[]::new));
    said.toString().lines().forEach(line -> System.out.println(prefix + line));
    return status;
  }
}
