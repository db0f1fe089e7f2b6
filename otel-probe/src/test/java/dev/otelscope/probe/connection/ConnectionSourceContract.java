package dev.otelscope.probe.connection;

import dev.otelscope.probe.Requires;
import dev.otelscope.probe.Requires.Need;
import dev.otelscope.probe.TestNamespace;
import dev.otelscope.probe.kernel.NamespaceSelection;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/// What every [ConnectionSource] does, as far as its tier promises; with real sockets, in a network
/// namespace of the test's own, which has either IPv4 or nothing but IPv6. The tests are in the
/// interfaces, by subject.
@Requires({Need.ROOT, Need.IPROUTE2})
@ParameterizedClass
@ValueSource(strings = {"127.0.0.1", "::1"})
public abstract class ConnectionSourceContract
    implements OpenSocketsContract,
        EndedSocketsContract,
        EveryConnectionContract,
        UdpContract,
        NamespacesContract {
  /// What the better tiers can and others cannot.
  protected enum Ability {
    /// Sees more than one network namespace.
    OTHER_NAMESPACES,
    /// Sees connections that no scan met, and why one ended.
    ENDS,
    /// Knows bytes and round-trip times.
    FIGURES,
    /// Knows who connected.
    DIRECTION,
    /// Knows the process of every connection, and adds up those that no scan met.
    EVERY_CONNECTION
  }

  private final Recorder told = new Recorder();
  private final List<AutoCloseable> opened = new ArrayList<>();
  @Parameter private String address = "";
  private TestNamespace namespace;
  private ConnectionSource source;

  protected abstract Set<Ability> abilities();

  /// Opens the source that is tested.
  protected abstract ConnectionSource open(NamespaceSelection selection) throws Exception;

  /// What [#open] is given.
  protected NamespaceSelection selection() {
    return namespace.selection();
  }

  /// Runs something where the source belongs.
  protected <T> T where(TestNamespace namespace, Callable<T> work) throws Exception {
    return work.call();
  }

  @BeforeEach
  void openSource() throws Exception {
    namespace = TestNamespace.create();
    if (isV6()) {
      namespace.withoutV4();
    }
    source = where(namespace, () -> open(selection()));
  }

  @AfterEach
  void closeAll() throws Exception {
    try {
      source.close();
      for (AutoCloseable each : opened.reversed()) {
        each.close();
      }
    } finally {
      namespace.close();
    }
  }

  @Override
  public final boolean has(Ability ability) {
    return abilities().contains(ability);
  }

  @Override
  public final String address() {
    return address;
  }

  @Override
  public final TestNamespace namespace() {
    return namespace;
  }

  @Override
  public final Recorder told() {
    return told;
  }

  @Override
  public final void scan() throws Exception {
    where(
        namespace,
        () -> {
          told.scan(source);
          return true;
        });
  }

  @Override
  public final void reopen() throws Exception {
    reopen(selection());
  }

  @Override
  public final void reopen(NamespaceSelection selection) throws Exception {
    source.close();
    source = where(namespace, () -> open(selection));
  }

  @Override
  public final <T extends AutoCloseable> T keep(T resource) {
    opened.add(resource);
    return resource;
  }
}
