package dev.otelscope.probe;

import dev.otelscope.probe.container.RuntimeLanguage;
import dev.otelscope.probe.container.cri.CriLanguage;
import dev.otelscope.probe.container.docker.DockerLanguage;
import java.util.List;

/// The languages in which this probe asks container runtimes.
final class RuntimeLanguages {
  static final List<RuntimeLanguage> ALL = List.of(new DockerLanguage(), new CriLanguage());

  private RuntimeLanguages() {}
}
