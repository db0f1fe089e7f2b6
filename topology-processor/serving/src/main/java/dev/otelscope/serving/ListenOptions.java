package dev.otelscope.serving;

import picocli.CommandLine.Option;

/// The options of every program that listens: where, and how openly.
public final class ListenOptions {
  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
      defaultValue = "${env:OTELSCOPE_HOST:-127.0.0.1}",
      description = "Address to listen on (default: 127.0.0.1).")
  private String host = "127.0.0.1";

  @Option(
      names = "--insecure",
      defaultValue = "${env:OTELSCOPE_INSECURE:-false}",
      description =
          "Allow an address that others can reach, although nobody is asked who they are.")
  private boolean insecure;

  /// What the options say.
  ///
  /// @throws IllegalArgumentException when it is no address or may not be listened on; one sentence
  public ListenAddress address() {
    return ListenAddress.parse(host, insecure);
  }
}
