package dev.otelscope.views.runtime;

import dev.otelscope.views.ViewDefinition;
import dev.otelscope.views.ViewDefinitionContract;

class ContainersViewContractTest extends ViewDefinitionContract {

  @Override
  protected ViewDefinition definition() {
    return new ContainersView();
  }
}
