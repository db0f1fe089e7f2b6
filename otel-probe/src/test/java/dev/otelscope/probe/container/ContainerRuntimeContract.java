package dev.otelscope.probe.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.Test;

/// What holds for every [ContainerRuntime].
public abstract class ContainerRuntimeContract {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /// The runtime, as it is asked.
  protected abstract ContainerRuntime runtime();

  /// Starts a container that does nothing, with the label `tier` = `front`.
  ///
  /// @return its id
  protected abstract String start(String name) throws IOException;

  protected abstract void stop(String id) throws IOException;

  protected abstract void remove(String id) throws IOException;

  @Test
  void aContainerIsDescribedOnceItWasStarted() throws IOException {
    String id = start("web");

    eventually(() -> {
      ContainerFacts facts = facts(id);
      assertThat(facts.state()).isEqualTo(ContainerState.RUNNING);
      assertThat(facts.mainPid()).isPositive();
      assertThat(ProcessHandle.of(facts.mainPid())).isPresent();
      assertThat(facts.description().name()).isEqualTo("web");
      assertThat(facts.description().image().name()).isNotEmpty();
      assertThat(facts.description().image().id()).startsWith("sha256:");
      assertThat(facts.description().labels()).containsEntry("tier", "front");
    });
    assertThat(runtime().isAsked()).isFalse();
  }

  @Test
  void itsMainProcessIsInItsControlGroup() throws IOException {
    String id = start("grouped");
    eventually(() -> assertThat(facts(id).mainPid()).isPositive());

    List<String> groups = Files.readAllLines(Path.of("/proc/" + facts(id).mainPid() + "/cgroup"));
    assertThat(groups)
        .map(line -> line.substring(line.indexOf('/')))
        .anySatisfy(
            path -> assertThat(ContainerCgroup.in(path)).map(ContainerCgroup::id).hasValue(id));
  }

  @Test
  void aContainerThatDiedHasExitedUntilItIsRemoved() throws IOException {
    String id = start("dying");
    stop(id);
    eventually(() -> {
      assertThat(facts(id).state()).isEqualTo(ContainerState.EXITED);
      assertThat(facts(id).mainPid()).isZero();
    });

    remove(id);
    eventually(() -> assertThat(runtime().containers()).doesNotContainKey(id));
  }

  protected final ContainerFacts facts(String id) {
    return Optional.ofNullable(runtime().containers().get(id))
        .orElseThrow(() -> new AssertionError("no container " + id));
  }

  protected static void eventually(ThrowingRunnable assertion) {
    await().atMost(PATIENCE).untilAsserted(assertion);
  }
}
