package dev.otelscope.standalone;

import java.util.Optional;
import picocli.CommandLine.Command;

/// `scope version`.
@Command(name = "version", description = "Says which version this is, and on what it runs.")
final class VersionCommand implements Runnable {

  @Override
  public void run() {
    System.out.printf(
        "OTel Scope %s, Java %s, %s %s%n",
        version(), Runtime.version(), System.getProperty("os.name"), System.getProperty("os.arch"));
  }

  /// What the jar's manifest says.
  static String version() {
    return Optional.ofNullable(VersionCommand.class.getPackage().getImplementationVersion())
        .orElse("from sources");
  }
}
