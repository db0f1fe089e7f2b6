package dev.otelscope.probe.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RuntimeSocketTest {
  @TempDir private Path folder;
  private Path socket = Path.of("/");

  @BeforeEach
  void makeSocket() throws IOException {
    socket = Files.createFile(folder.resolve("runtime.sock"));
  }

  @Test
  void theFirstLanguageThatIsAnsweredIsSpoken() {
    assertThat(
            RuntimeSocket.examine(
                socket, List.of(refused("A", "no A here"), spoken("B"), spoken("C"))))
        .isEqualTo("B at " + socket + " knows 1 container.");
  }

  @Test
  void whoAnswersInNoneIsTriedInEachAndThatIsSaid() {
    assertThat(
            RuntimeSocket.examine(
                socket, List.of(refused("A", "it hung up"), refused("B", "it said x"))))
        .isEqualTo("Nobody names containers at " + socket + ": in A, it hung up; in B, it said x.");
  }

  @Test
  void aReasonThatTheyShareIsSaidOnce() {
    assertThat(
            RuntimeSocket.examine(socket, List.of(refused("A", "denied"), refused("B", "denied"))))
        .isEqualTo("Nobody names containers at " + socket + ": denied.");
  }

  @Test
  void whoIsSilentInOneLanguageIsAskedInTheNext() {
    Language silent =
        new Language("A") {
          @Override
          public RuntimeConversation begin(Path at) throws IOException {
            Thread.currentThread().interrupt(); // as a deadline does
            throw new ClosedByInterruptException();
          }
        };
    Language undisturbed =
        new Language("B") {
          @Override
          public RuntimeConversation begin(Path at) throws IOException {
            throw new IOException("interrupted: " + Thread.currentThread().isInterrupted());
          }
        };

    assertThat(RuntimeSocket.examine(socket, List.of(silent, undisturbed)))
        .endsWith("in A, there was no answer in time; in B, interrupted: false.");
  }

  @Test
  void whatIsFoundIsThere() {
    try (RuntimeSocket runtime = RuntimeSocket.at(socket, List.of(spoken("A")))) {
      Awaitility.await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> runtime.containers().containsKey("79c1") && !runtime.isAsked());
    }
  }

  private static Language spoken(String name) {
    return new Language(name) {
      @Override
      public RuntimeConversation begin(Path at) {
        return new Conversation(name);
      }
    };
  }

  private static Language refused(String name, String reason) {
    return new Language(name) {
      @Override
      public RuntimeConversation begin(Path at) throws IOException {
        throw new IOException(reason);
      }
    };
  }

  private abstract static class Language implements RuntimeLanguage {
    private final String name;

    Language(String name) {
      this.name = name;
    }

    @Override
    public String name() {
      return name;
    }
  }

  private record Conversation(String runtime) implements RuntimeConversation {
    @Override
    public List<String> containers() {
      return List.of("79c1");
    }

    @Override
    public void follow(FoundContainers found) throws InterruptedException {
      found.put(
          new ContainerFacts(
              new ContainerDescription(
                  "79c1",
                  runtime,
                  "web",
                  "",
                  ContainerImage.UNKNOWN,
                  Map.of(),
                  List.of(),
                  List.of(),
                  List.of()),
              ContainerState.RUNNING,
              7));
      found.complete();
      Thread.sleep(Duration.ofMinutes(1)); // until it is closed
    }

    @Override
    public void close() {}
  }
}
