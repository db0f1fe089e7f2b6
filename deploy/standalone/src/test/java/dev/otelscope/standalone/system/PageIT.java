package dev.otelscope.standalone.system;

import static dev.otelscope.standalone.system.ShopNetwork.list;
import static org.assertj.core.api.Assertions.assertThat;

import dev.otelscope.standalone.kit.Requires;
import dev.otelscope.standalone.kit.ScopeProcess;
import dev.otelscope.standalone.kit.ScopeProcess.Up;
import dev.otelscope.standalone.kit.Tool;
import dev.otelscope.standalone.testbed.Namespace;
import dev.otelscope.standalone.testbed.Started;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The page in a real browser, in front of a real shop: what a newcomer does, as
/// `grafana-plugin/e2e` has written it down. Screenshots are kept in `target/screenshots`.
@Requires(
    value = {
      Tool.IP,
      Tool.SETPRIV,
      Tool.NGINX,
      Tool.POSTGRES,
      Tool.INITDB,
      Tool.REDIS,
      Tool.NODE,
      Tool.CHROMIUM
    },
    root = true)
class PageIT {
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  @TempDir Path folder;

  @Test
  void aNewcomerFindsWhoTheWebServerTalksTo() throws IOException {
    Path screenshots = Files.createDirectories(Path.of("target", "screenshots"));
    try (ShopNetwork shop = new ShopNetwork(Files.createDirectory(folder.resolve("shop")))) {
      new ShopTraffic(shop).speakShortly();
      String namespaces = list(shop.inside().toArray(Namespace[]::new));
      try (Up up = ScopeProcess.up(folder, "--namespaces", namespaces);
          Started newcomer = startNewcomer(up, screenshots)) {
        int status = newcomer.await(PATIENCE);

        System.out.println(newcomer.said());
        assertThat(status).as(newcomer.said()).isZero();
      }
    }
  }

  private Started startNewcomer(Up up, Path screenshots) {
    Path script =
        ScopeProcess.script().resolveSibling("grafana-plugin/e2e/run.mjs").toAbsolutePath();
    return Started.start(
        folder.resolve("newcomer.log"),
        Map.of(),
        List.of(
            Tool.NODE.path().toString(),
            script.toString(),
            "--url",
            up.url("url").toString(),
            "--source",
            "nginx",
            "--target",
            "Shop",
            "--screenshots",
            screenshots.toAbsolutePath().toString()));
  }
}
