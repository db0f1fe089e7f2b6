package dev.otelscope.probe.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/// What holds besides for a [ContainerRuntime] whose containers can be paused and renamed.
public abstract class PausingRuntimeContract extends ContainerRuntimeContract {

  protected abstract void pause(String id) throws IOException;

  protected abstract void unpause(String id) throws IOException;

  protected abstract void rename(String id, String name) throws IOException;

  @Test
  void aPauseIsSeenWithItsEnd() throws IOException {
    String id = start("paused");
    pause(id);
    eventually(() -> assertThat(facts(id).state()).isEqualTo(ContainerState.PAUSED));

    unpause(id);
    eventually(() -> assertThat(facts(id).state()).isEqualTo(ContainerState.RUNNING));
  }

  @Test
  void aRenamedContainerHasItsNewName() throws IOException {
    String id = start("before");
    rename(id, "after");

    eventually(() -> assertThat(facts(id).description().name()).isEqualTo("after"));
  }
}
