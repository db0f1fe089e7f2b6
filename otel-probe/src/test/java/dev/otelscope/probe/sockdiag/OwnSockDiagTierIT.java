package dev.otelscope.probe.sockdiag;

import dev.otelscope.probe.TestNamespace;
import dev.otelscope.probe.connection.ConnectionSource;
import dev.otelscope.probe.connection.ConnectionSourceContract;
import dev.otelscope.probe.connection.OpenNamespaces;
import dev.otelscope.probe.kernel.NamespaceSelection;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.Callable;

/// Tier 3 keeps the contract in the namespace that it is in.
class OwnSockDiagTierIT extends ConnectionSourceContract {

  @Override
  protected Set<Ability> abilities() {
    return EnumSet.complementOf(EnumSet.of(Ability.OTHER_NAMESPACES, Ability.EVERY_CONNECTION));
  }

  @Override
  protected NamespaceSelection selection() {
    return NamespaceSelection.ALL;
  }

  @Override
  protected ConnectionSource open(NamespaceSelection selection) throws Exception {
    return new OwnSockDiagTier(selection).open(new OpenNamespaces());
  }

  @Override
  protected <T> T where(TestNamespace namespace, Callable<T> work) throws Exception {
    return namespace.inside(work);
  }
}
