package dev.otelscope.probe.process;

import java.util.Collection;

/// How the labels of containers are shown outside the host: with secrets masked, as in command
/// lines. Opaque words stay, since a revision or a digest is one and no secret.
public final class LabelValues {
  private final SecretNames names;
  private final SecretMask mask;

  /// @param secretNames further parts of names whose values are secret, beside the known ones
  public LabelValues(Collection<String> secretNames) {
    names = new SecretNames(secretNames);
    mask = new SecretMask(names);
  }

  /// The value that may leave the host.
  ///
  /// @param key of the label
  public String shown(String key, String value) {
    return names.isSecret(key) && !value.isEmpty() ? SecretMask.MASK : mask.maskNamed(value);
  }
}
