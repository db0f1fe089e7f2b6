package dev.otelscope.probe.sockdiag;

import dev.otelscope.probe.connection.ConnectionSource;
import dev.otelscope.probe.connection.ConnectionSourceContract;
import dev.otelscope.probe.connection.OpenNamespaces;
import dev.otelscope.probe.kernel.NamespaceSelection;
import java.util.EnumSet;
import java.util.Set;

/// Tier 2 keeps the contract, but for what only programs in the kernel see.
class SockDiagTierIT extends ConnectionSourceContract {

  @Override
  protected Set<Ability> abilities() {
    return EnumSet.complementOf(EnumSet.of(Ability.EVERY_CONNECTION));
  }

  @Override
  protected ConnectionSource open(NamespaceSelection selection) throws Exception {
    return new SockDiagTier(selection).open(new OpenNamespaces());
  }
}
