package dev.otelscope.probe.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LabelValuesTest {
  private static final LabelValues LABELS = new LabelValues(List.of("license"));

  @ParameterizedTest
  @CsvSource({
    "tier, front, front",
    "com.docker.compose.project, shop, shop",
    "org.opencontainers.image.revision, 4879ae28a39011e809ca71680d5c39725912d66f,"
        + " 4879ae28a39011e809ca71680d5c39725912d66f",
    "com.docker.compose.config-hash, 9f86d081884c7d659a2feaa0c55ad015,"
        + " 9f86d081884c7d659a2feaa0c55ad015",
    "traefik.http.middlewares.shop-auth.basicauth.users, anna:$apr1$x, ***",
    "db.password, hunter2, ***",
    "api-token, '', ''",
    "backup.target, s3://key:hunter2@host/shop, s3://***@host/shop",
    "probe.command, check --password=hunter2 now, check --password=*** now",
  })
  void whatLooksSecretDoesNotLeaveTheHost(String key, String value, String shown) {
    assertThat(LABELS.shown(key, value)).isEqualTo(shown);
  }

  @Test
  void furtherNamesAreMaskedToo() {
    assertThat(LABELS.shown("shop.License", "ABC-123")).isEqualTo(SecretMask.MASK);
    assertThat(new LabelValues(List.of()).shown("shop.License", "ABC-123")).isEqualTo("ABC-123");
  }
}
