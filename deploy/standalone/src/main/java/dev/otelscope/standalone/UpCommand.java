package dev.otelscope.standalone;

import dev.otelscope.probe.ProbeOptions;
import dev.otelscope.probe.emission.ReceiverTarget;
import dev.otelscope.query.QueryOptions;
import dev.otelscope.server.ReceiverOptions;
import dev.otelscope.serving.ListenAddress;
import dev.otelscope.serving.ListenOptions;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `scope up`: everything in one process, until it is told to stop.
@Command(
    name = "up",
    description = "Shows this machine: probe, processor, query service and page in one process.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class UpCommand implements Callable<Integer> {
  /// Stands for the processor beside the probe, until it is known where that one listens.
  private static final ReceiverTarget OWN_RECEIVER =
      ReceiverTarget.http(URI.create("http://127.0.0.1:4318"));

  @Mixin private final ListenOptions listen = new ListenOptions();
  @Mixin private final QueryOptions query = new QueryOptions();
  @Mixin private final ReceiverOptions receivers = new ReceiverOptions();

  @Option(
      names = "--graph-port",
      paramLabel = "PORT",
      description = "The graph, for query services elsewhere (default: any free port).")
  private int graphPort;

  @Option(
      names = "--no-probe",
      description = "Do not look at this machine; only show what others send.")
  private boolean noProbe;

  @Option(
      names = "--ready-file",
      paramLabel = "FILE",
      description = "Written when everything answers: JSON with the URLs and the process id.")
  private @Nullable Path readyFile;

  @Mixin private final ProbeOptions probe = new ProbeOptions();

  /// What the options say.
  ///
  /// @throws StartException when they do not fit together
  Up.Config config(Map<String, String> environment) throws StartException {
    try {
      ListenAddress host = listen.address();
      return new Up.Config(
          receivers.toConfig(host, graphPort),
          query.toConfig(host),
          noProbe
              ? Optional.empty()
              : Optional.of(probe.toConfig(environment, OWN_RECEIVER))
                  .filter(config -> !config.disabled()));
    } catch (IllegalArgumentException e) {
      throw new StartException(String.valueOf(e.getMessage()), e);
    }
  }

  @Override
  public Integer call() throws StartException, InterruptedException {
    Up up = start();
    Shutdown.close(up);
    new Readiness(up.url()).await();
    up.notices().forEach(System.out::println);
    if (readyFile != null) {
      up.whereabouts().write(readyFile);
    }
    System.out.println("OTel Scope is ready at " + up.url());
    new CountDownLatch(1).await(); // until the process is told to stop
    return 0;
  }

  private Up start() throws StartException {
    try {
      return Up.start(config(System.getenv()));
    } catch (IOException e) {
      throw new StartException(String.valueOf(e.getMessage()), e);
    }
  }
}
