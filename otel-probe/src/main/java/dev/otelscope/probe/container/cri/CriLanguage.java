package dev.otelscope.probe.container.cri;

import dev.otelscope.probe.container.RuntimeConversation;
import dev.otelscope.probe.container.RuntimeLanguage;
import java.io.IOException;
import java.nio.file.Path;

/// The Container Runtime Interface of Kubernetes (CRI v1), which containerd and CRI-O speak.
public final class CriLanguage implements RuntimeLanguage {

  @Override
  public String name() {
    return "CRI v1";
  }

  @Override
  public RuntimeConversation begin(Path socket) throws IOException {
    CriService service = CriService.at(socket);
    try {
      return new CriConversation(service, service.runtime());
    } catch (IOException | RuntimeException e) {
      service.close();
      throw e;
    }
  }
}
