package dev.otelscope.probe.process;

import java.util.List;

/// How the labels of containers are shown outside the host: with secrets masked, as in command
/// lines. Opaque words stay, since a revision or a digest is one and no secret.
public final class LabelValues {
  private static final SecretNames NAMES = new SecretNames(List.of());
  private static final SecretMask MASK = new SecretMask(NAMES);

  private LabelValues() {}

  /// The value that may leave the host.
  ///
  /// @param key of the label
  public static String shown(String key, String value) {
    return NAMES.isSecret(key) && !value.isEmpty() ? SecretMask.MASK : MASK.maskNamed(value);
  }
}
