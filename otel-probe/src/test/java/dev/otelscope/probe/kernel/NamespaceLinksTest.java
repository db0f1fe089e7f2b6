package dev.otelscope.probe.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NamespaceLinksTest {
  private static final int PID = 7;
  private static final long ENTRY = 100;

  @TempDir private Path proc;
  private NamespaceLinks links;

  @BeforeEach
  void aProcess() throws IOException {
    Files.createDirectories(proc.resolve(PID + "/ns"));
    moveTo(4026531840L);
    links = new NamespaceLinks(new ProcFiles(proc));
  }

  @Test
  void aYoungProcessIsAskedEachTime() throws IOException {
    assertThat(look(ENTRY)).isEqualTo(4026531840L);
    moveTo(4026532000L);
    assertThat(look(ENTRY)).isEqualTo(4026532000L);
  }

  @Test
  void anOlderOneIsAskedNowAndThen() throws IOException {
    for (int listing = 0; listing < 20; listing++) {
      look(ENTRY);
    }
    moveTo(4026532000L);
    int looks = 1;
    while (look(ENTRY) == 4026531840L) {
      looks++;
    }
    assertThat(looks).isBetween(1, 8);
  }

  @Test
  void anotherProcessWithThePidIsAskedAtOnce() throws IOException {
    for (int listing = 0; listing < 20; listing++) {
      look(ENTRY);
    }
    moveTo(4026532000L);
    assertThat(look(ENTRY + 1)).isEqualTo(4026532000L);
  }

  @Test
  void whoWasNotListedIsForgotten() throws IOException {
    for (int listing = 0; listing < 20; listing++) {
      look(ENTRY);
    }
    links.begin();
    links.end();
    moveTo(4026532000L);
    assertThat(look(ENTRY)).isEqualTo(4026532000L);
  }

  @Test
  void aProcessThatVanishedMeanwhileHasNone() {
    links.begin();
    assertThat(links.of(PID + 1, ENTRY)).isEqualTo(-Errno.ENOENT);
  }

  private long look(long entry) {
    links.begin();
    long namespace = links.of(PID, entry);
    links.end();
    return namespace;
  }

  private void moveTo(long namespace) throws IOException {
    Path link = proc.resolve(PID + "/ns/net");
    Files.deleteIfExists(link);
    Files.createSymbolicLink(link, Path.of("net:[" + namespace + "]"));
  }
}
