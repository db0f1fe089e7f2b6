package dev.otelscope.probe.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.otelscope.probe.TestNamespace;
import dev.otelscope.probe.connection.ConnectionSourceContract.Ability;
import dev.otelscope.probe.kernel.NamespaceSelection;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/// Network namespaces beside the own one.
interface NamespacesContract extends SourceFixture {

  @Test
  default void equalAddressesInTwoNamespacesAreKeptApart() throws Exception {
    assume(Ability.OTHER_NAMESPACES);
    try (TestNamespace other = TestNamespace.create()) {
      reopen(new NamespaceSelection(Set.of(namespace().name(), other.name())));
      try (ServerSocketChannel one = namespace().inside(() -> TcpPair.listen(address(), 8080));
          ServerSocketChannel two = other.inside(() -> TcpPair.listen(address(), 8080))) {
        scan();

        long inode = told().listening(here(), 8080).inode();
        assertThat(told().listening(other.inode(), 8080).inode()).isPositive().isNotEqualTo(inode);
        assertThat(one.isOpen() && two.isOpen()).isTrue();
      }
    }
  }

  @Test
  default void namespacesComeAndGo() throws Exception {
    assume(Ability.OTHER_NAMESPACES);
    reopen(NamespaceSelection.ALL);
    scan();
    TestNamespace late = TestNamespace.create();
    TcpPair pair = late.inside(() -> TcpPair.open(address()));
    try (pair) {
      scan();
      assertThat(told().open(late.inode())).hasSize(2);
    } finally {
      late.close();
    }

    scanUntilClosed(late.inode(), 2);

    assertThat(told().open(late.inode())).isEmpty();
  }

  @Test
  default void whatIsOpenInANamespaceThatIsWantedLaterIsTold() throws Exception {
    assume(Ability.OTHER_NAMESPACES);
    try (TestNamespace other = TestNamespace.create()) {
      String wanted = other.name() + "-wanted";
      reopen(new NamespaceSelection(Set.of(namespace().name(), wanted)));
      try (TcpPair pair = other.inside(() -> TcpPair.open(address()))) {
        settle();
        assertThat(told().open(other.inode())).isEmpty();

        try (AutoCloseable _ = other.alsoNamed(wanted)) {
          scan();
          assertThat(told().open(other.inode(), pair.clientPort()).process()).isNotNull();
          assertThat(told().open(other.inode())).hasSize(2);
        }
      }
    }
  }

  @Test
  default void watchingANamespaceDoesNotKeepItAlive() throws Exception {
    assume(Ability.OTHER_NAMESPACES);
    TestNamespace doomed = TestNamespace.create();
    try {
      namespace()
          .configure("link", "add", "near", "type", "veth", "peer", "far", "netns", doomed.name());
      reopen(new NamespaceSelection(Set.of(namespace().name(), doomed.name())));
      scan();
    } finally {
      doomed.close();
    }

    // The near end of the pair goes when the kernel destroys the namespace of the far end.
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> {
          scan();
          assertThat(interfaces()).doesNotContain("near");
        });
  }

  private List<String> interfaces() throws Exception {
    return namespace()
        .inside(() -> {
          try (var links = Files.lines(Path.of("/proc/thread-self/net/dev"))) {
            return links.map(line -> line.strip().split(":", 2)[0]).toList();
          }
        });
  }
}
