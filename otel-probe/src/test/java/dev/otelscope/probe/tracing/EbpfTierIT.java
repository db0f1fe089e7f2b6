package dev.otelscope.probe.tracing;

import dev.otelscope.probe.Requires;
import dev.otelscope.probe.Requires.Need;
import dev.otelscope.probe.connection.ConnectionSource;
import dev.otelscope.probe.connection.ConnectionSourceContract;
import dev.otelscope.probe.connection.OpenNamespaces;
import dev.otelscope.probe.kernel.NamespaceSelection;
import java.util.EnumSet;
import java.util.Set;

/// Tier 1 keeps the whole contract, and promises more.
@Requires({Need.ROOT, Need.IPROUTE2, Need.EBPF})
class EbpfTierIT extends ConnectionSourceContract {

  @Override
  protected Set<Ability> abilities() {
    return EnumSet.allOf(Ability.class);
  }

  @Override
  protected ConnectionSource open(NamespaceSelection selection) throws Exception {
    return new EbpfTier(selection).open(new OpenNamespaces());
  }
}
