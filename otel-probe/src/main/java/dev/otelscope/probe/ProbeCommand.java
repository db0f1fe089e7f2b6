package dev.otelscope.probe;

import static java.util.Objects.requireNonNull;

import dev.otelscope.probe.emission.ResourceAttributes;
import dev.otelscope.probe.footprint.FilePages;
import dev.otelscope.probe.footprint.HeapKeeper;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `probe`: watches this host until it is told to stop.
@Command(
    name = "probe",
    description = {
      "Watches the connections of this host and sends them as OTLP.",
      "Where to is said by the standard variables OTEL_EXPORTER_OTLP_ENDPOINT, _PROTOCOL, "
          + "_HEADERS, _COMPRESSION, _TIMEOUT, _CERTIFICATE; by default to this machine.",
      "What it says of everything besides, such as deployment.environment.name, is said by "
          + "OTEL_RESOURCE_ATTRIBUTES."
    },
    mixinStandardHelpOptions = true)
public final class ProbeCommand implements Callable<Integer> {
  private static final Logger LOG = LoggerFactory.getLogger(ProbeCommand.class);

  private static final long LOOK_AT_MEMORY_SECONDS = 1;

  @Mixin private final ProbeOptions options = new ProbeOptions();
  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    ProbeConfig config;
    Probe probe;
    try {
      config = options.toConfig(System.getenv());
      if (config.disabled()) {
        LOG.info("OTEL_SDK_DISABLED is true: nothing is watched and nothing sent");
        new CountDownLatch(1).await(); // until the process is told to stop
      }
      probe = Probe.start(config);
    } catch (IllegalArgumentException | IOException e) {
      throw new ParameterException(
          requireNonNull(spec, "set by picocli").commandLine(), String.valueOf(e.getMessage()), e);
    }
    ResourceAttributes attributes = config.resourceAttributes();
    if (!attributes.ignored().isEmpty()) {
      LOG.info(
          "not said of what the probe sees, since they are true of the probe alone: {}",
          String.join(", ", attributes.ignored()));
    }
    LOG.info(
        "watching by tier {}, sending to {}",
        probe.coverage().tier().number(),
        config.receiver().endpoint());
    CountDownLatch stopped = new CountDownLatch(1);
    Thread stop =
        new Thread(
            () -> {
              probe.close();
              stopped.countDown();
            },
            "probe-stop");
    Runtime.getRuntime().addShutdownHook(stop);
    HeapKeeper heap = HeapKeeper.ofThisProcess();
    FilePages files = new FilePages(System.nanoTime());
    while (!stopped.await(LOOK_AT_MEMORY_SECONDS, TimeUnit.SECONDS)) {
      heap.look();
      files.look(System.nanoTime());
    }
    return 0;
  }
}
