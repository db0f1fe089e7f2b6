package dev.otelscope.serving;

import com.linecorp.armeria.common.Flags;
import com.linecorp.armeria.common.util.TransportType;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/// The thread that accepts a port's connections. It ends when it is told to: Netty would let it
/// wait 2 s for late tasks, of which there are none, since the port is closed by then.
///
/// Armeria asks the group that its event loop belongs to, so what wraps a group (such as the ones
/// of its `EventLoopGroups.builder()`) is not heard.
final class Acceptors extends MultiThreadIoEventLoopGroup {
  private static final long PATIENCE_SECONDS = 1;

  Acceptors(String name) {
    super(1, new DefaultThreadFactory(name, true), transport());
  }

  @Override
  public Future<?> shutdownGracefully() {
    return shutdownGracefully(0, PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  /// As that of the threads that serve the connections.
  private static IoHandlerFactory transport() {
    return Flags.transportType() == TransportType.EPOLL
        ? EpollIoHandler.newFactory()
        : NioIoHandler.newFactory();
  }
}
