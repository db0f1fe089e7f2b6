package dev.otelscope.probe.container.cri;

import dev.otelscope.probe.container.cri.grpc.GrpcConnection;
import dev.otelscope.probe.container.cri.grpc.GrpcException;
import dev.otelscope.probe.container.socket.Deadline;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// The calls of CRI v1 that a probe needs; all of them only read. Whoever calls waits, for ten
/// seconds at most. Used by one thread. Numbers of fields are those of `k8s.io/cri-api`'s
/// `runtime/v1/api.proto`.
final class CriService implements AutoCloseable {
  private static final Duration LONGEST_ANSWER = Duration.ofSeconds(10);
  private static final String RUNTIME = "/runtime.v1.RuntimeService/";
  private static final String IMAGES = "/runtime.v1.ImageService/";

  private final GrpcConnection connection;

  private CriService(GrpcConnection connection) {
    this.connection = connection;
  }

  static CriService at(Path socket) throws IOException {
    try (Deadline _ = Deadline.in(LONGEST_ANSWER)) {
      return new CriService(GrpcConnection.open(socket));
    }
  }

  /// The name of the program, such as `containerd` or `cri-o`.
  String runtime() throws IOException {
    String name = "";
    MessageReader version = new MessageReader(ask(RUNTIME + "Version", new MessageWriter()));
    while (version.next()) {
      if (version.field() == 2) {
        name = version.text();
      }
    }
    return name.isEmpty() ? "a runtime without name" : name;
  }

  /// All containers, also those that do not run; without sandboxes.
  List<ListedContainer> containers() throws IOException {
    return ListedContainer.readAll(ask(RUNTIME + "ListContainers", new MessageWriter()));
  }

  /// A container; empty when it is not there (any more).
  Optional<ContainerStatus> container(String id) throws IOException {
    Optional<byte[]> found =
        askFor(RUNTIME + "ContainerStatus", new MessageWriter().text(1, id).yes(2));
    return found.isEmpty() ? Optional.empty() : Optional.of(ContainerStatus.read(found.get()));
  }

  /// A sandbox; one of which nothing is known when it is not there (any more).
  PodSandbox sandbox(String id) throws IOException {
    Optional<byte[]> found =
        askFor(RUNTIME + "PodSandboxStatus", new MessageWriter().text(1, id).yes(2));
    return found.isEmpty() ? PodSandbox.UNKNOWN : PodSandbox.read(found.get());
  }

  /// An image by its id or reference; one of which nothing is known when it is not there.
  ImageStatus image(String reference) throws IOException {
    MessageWriter request = new MessageWriter().message(1, new MessageWriter().text(1, reference));
    return ImageStatus.read(askFor(IMAGES + "ImageStatus", request).orElse(new byte[0]));
  }

  private Optional<byte[]> askFor(String method, MessageWriter request) throws IOException {
    try {
      return Optional.of(ask(method, request));
    } catch (GrpcException e) {
      if (e.isNotFound()) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private byte[] ask(String method, MessageWriter request) throws IOException {
    try (Deadline _ = Deadline.in(LONGEST_ANSWER)) {
      return connection.ask(method, request.bytes());
    }
  }

  @Override
  public void close() throws IOException {
    connection.close();
  }
}
