package dev.otelscope.probe.emission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A receiver over TLS that asks for a client certificate, with real key pairs.
class SecureReceiverTest {
  @TempDir static Path folder;

  private static KeyPairs pairs;
  private static RecordingReceiver receiver;

  private final Answers answers = new Answers();

  @BeforeAll
  static void start() throws IOException, InterruptedException, GeneralSecurityException {
    pairs = KeyPairs.make(folder);
    receiver = RecordingReceiver.overTls(pairs.receiver());
  }

  @AfterAll
  static void stop() {
    receiver.close();
  }

  @Test
  void whoTrustsTheReceiverAndIsTrustedIsHeard() throws IOException, GeneralSecurityException {
    sendOnce(
        Map.of(
            "CERTIFICATE", pairs.certificate("receiver").toString(),
            "CLIENT_CERTIFICATE", pairs.certificate("probe").toString(),
            "CLIENT_KEY", pairs.key("probe").toString()));

    assertThat(receiver.take()).as(answers.lastRefusal().reason()).isNotEmpty();
  }

  @Test
  void anUnknownCertificateIsSaidWithTheVariableThatNamesIt()
      throws IOException, GeneralSecurityException {
    sendOnce(Map.of());
    assertThat(answers.lastRefusal().reason())
        .contains("certificate is not trusted here", "OTEL_EXPORTER_OTLP_CERTIFICATE");

    sendOnce(Map.of("CERTIFICATE", pairs.certificate("stranger").toString()));
    assertThat(answers.lastRefusal().reason()).contains("OTEL_EXPORTER_OTLP_CERTIFICATE");
    assertThat(receiver.take()).isEmpty();
  }

  @Test
  void aMissingClientCertificateIsSaidWithTheVariablesThatNameIt()
      throws IOException, GeneralSecurityException {
    sendOnce(Map.of("CERTIFICATE", pairs.certificate("receiver").toString()));

    assertThat(answers.lastRefusal().reason())
        .contains("wants a client certificate", "OTEL_EXPORTER_OTLP_CLIENT_CERTIFICATE");
    assertThat(receiver.take()).isEmpty();
  }

  @Test
  void aClientThatTheReceiverDoesNotKnowIsToldSo() throws IOException, GeneralSecurityException {
    sendOnce(
        Map.of(
            "CERTIFICATE", pairs.certificate("receiver").toString(),
            "CLIENT_CERTIFICATE", pairs.certificate("stranger").toString(),
            "CLIENT_KEY", pairs.key("stranger").toString()));

    assertThat(answers.lastRefusal().reason()).contains("client certificate that it trusts");
    assertThat(receiver.take()).isEmpty();
  }

  @Test
  void filesThatAreNoCertificatesAreNamedAtTheStart() throws IOException {
    Path nonsense = Files.writeString(folder.resolve("nonsense.pem"), "hello");

    assertThatThrownBy(() -> sendOnce(Map.of("CERTIFICATE", nonsense.toString())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(nonsense.toString())
        .hasMessageContaining("PEM");
    assertThatThrownBy(() -> sendOnce(Map.of("CERTIFICATE", "/nowhere.pem")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("/nowhere.pem");
  }

  private void sendOnce(Map<String, String> files) {
    Map<String, String> environment = new HashMap<>();
    environment.put("OTEL_EXPORTER_OTLP_ENDPOINT", receiver.base().toString());
    files.forEach((name, file) -> environment.put("OTEL_EXPORTER_OTLP_" + name, file));
    ReceiverTarget target = ReceiverTarget.fromEnvironment(environment);
    try (EmissionBench bench =
        new EmissionBench(OtlpExporters.create(target, answers), answers, 2_000)) {
      bench.round();
    }
  }
}
