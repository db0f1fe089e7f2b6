package dev.otelscope.probe.emission;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/// Key pairs with certificates that they signed themselves, made by the JDK's keytool: one of a
/// receiver on 127.0.0.1, one of a probe, one of somebody else.
final class KeyPairs {
  private static final char[] PASSWORD = "changeit".toCharArray();

  private final Path folder;

  private KeyPairs(Path folder) {
    this.folder = folder;
  }

  static KeyPairs make(Path folder) throws IOException, InterruptedException {
    KeyPairs pairs = new KeyPairs(folder);
    for (String name : List.of("receiver", "probe", "stranger")) {
      pairs.make(name);
    }
    return pairs;
  }

  private void make(String name) throws IOException, InterruptedException {
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keystore",
                store(name).toString(),
                "-storepass",
                new String(PASSWORD),
                "-alias",
                name,
                "-keyalg",
                "EC",
                "-dname",
                "CN=" + name,
                "-ext",
                "san=ip:127.0.0.1")
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve(name + ".log").toFile())
            .start();
    if (!keytool.waitFor(60, TimeUnit.SECONDS) || keytool.exitValue() != 0) {
      keytool.destroyForcibly();
      throw new IOException(Files.readString(folder.resolve(name + ".log")));
    }
  }

  private Path store(String name) {
    return folder.resolve(name + ".p12");
  }

  /// PEM file with the certificate.
  Path certificate(String name) throws IOException, GeneralSecurityException {
    return pem(name + ".pem", "CERTIFICATE", open(name).getCertificate(name).getEncoded());
  }

  /// PEM file with the private key.
  Path key(String name) throws IOException, GeneralSecurityException {
    return pem(name + ".key", "PRIVATE KEY", open(name).getKey(name, PASSWORD).getEncoded());
  }

  private Path pem(String file, String label, byte[] content) throws IOException {
    String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
    return Files.writeString(
        folder.resolve(file),
        "-----BEGIN " + label + "-----\n" + text + "\n-----END " + label + "-----\n");
  }

  private KeyStore open(String name) throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store(name))) {
      store.load(in, PASSWORD);
    }
    return store;
  }

  /// The receiver's side of TLS, which trusts the probe.
  SSLContext receiver() throws IOException, GeneralSecurityException {
    KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
    keys.init(open("receiver"), PASSWORD);
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, PASSWORD);
    trusted.setCertificateEntry("probe", open("probe").getCertificate("probe"));
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
    return context;
  }
}
