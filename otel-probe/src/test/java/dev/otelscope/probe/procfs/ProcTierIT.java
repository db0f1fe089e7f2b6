package dev.otelscope.probe.procfs;

import dev.otelscope.probe.connection.ConnectionSource;
import dev.otelscope.probe.connection.ConnectionSourceContract;
import dev.otelscope.probe.connection.OpenNamespaces;
import dev.otelscope.probe.kernel.NamespaceSelection;
import java.util.EnumSet;
import java.util.Set;

/// Tier 4 keeps the contract for what is open at a scan.
class ProcTierIT extends ConnectionSourceContract {

  @Override
  protected Set<Ability> abilities() {
    return EnumSet.of(Ability.OTHER_NAMESPACES);
  }

  @Override
  protected ConnectionSource open(NamespaceSelection selection) throws Exception {
    return new ProcTier(selection).open(new OpenNamespaces());
  }
}
