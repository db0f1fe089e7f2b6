package dev.otelscope.standalone.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.otelscope.standalone.kit.Requires;
import dev.otelscope.standalone.kit.Tool;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Requires(
    value = {Tool.IP, Tool.SETPRIV, Tool.NGINX, Tool.POSTGRES, Tool.INITDB, Tool.REDIS},
    root = true)
class ShopNetworkIT {
  @TempDir Path folder;

  @Test
  void everybodyInTheShopTalks() throws IOException {
    try (ShopNetwork shop = new ShopNetwork(folder)) {
      ShopTraffic traffic = new ShopTraffic(shop);
      traffic.speakShortly();
      traffic.beRefused();

      assertThat(traffic.held())
          .extracting(Link::toString)
          .contains("shop → postgres worker tcp/5432 ×1", "anna → nginx worker tcp/80 ×1");
      assertThat(shop.servedByWorkers()).hasSize(30);
    }
  }
}
