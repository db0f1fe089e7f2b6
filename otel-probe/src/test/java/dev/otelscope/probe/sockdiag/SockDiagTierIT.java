package dev.otelscope.probe.sockdiag;

import dev.otelscope.probe.connection.ConnectionSource;
import dev.otelscope.probe.connection.ConnectionSourceContract;
import dev.otelscope.probe.connection.OpenNamespaces;
import dev.otelscope.probe.kernel.NamespaceSelection;
import java.util.EnumSet;
import java.util.Set;

/// Tier 2 keeps the whole contract.
class SockDiagTierIT extends ConnectionSourceContract {

  @Override
  protected Set<Ability> abilities() {
    return EnumSet.allOf(Ability.class);
  }

  @Override
  protected ConnectionSource open(NamespaceSelection selection) throws Exception {
    return new SockDiagTier(selection).open(new OpenNamespaces());
  }
}
