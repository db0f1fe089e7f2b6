package dev.otelscope.query.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SecurityHeadersTest {

  @Test
  void nothingInlineAndNothingFromElsewhereIsAllowed() {
    assertThat(SecurityHeaders.ALL.get("content-security-policy"))
        .contains("default-src 'none'; script-src 'self'; ", "style-src 'self'; ")
        .doesNotContain("unsafe", "data:", "blob:", "http", "*");
  }
}
