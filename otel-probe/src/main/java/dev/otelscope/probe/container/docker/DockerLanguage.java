package dev.otelscope.probe.container.docker;

import dev.otelscope.probe.container.RuntimeConversation;
import dev.otelscope.probe.container.RuntimeLanguage;
import java.io.IOException;
import java.nio.file.Path;

/// The Docker Engine API, which Docker and Podman speak.
public final class DockerLanguage implements RuntimeLanguage {

  @Override
  public String name() {
    return "the Docker Engine API";
  }

  @Override
  public RuntimeConversation begin(Path socket) throws IOException {
    DockerEngine engine = new DockerEngine(socket);
    engine.meet();
    return new DockerConversation(engine);
  }
}
