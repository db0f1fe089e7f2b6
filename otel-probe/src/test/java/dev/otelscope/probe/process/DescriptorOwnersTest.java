package dev.otelscope.probe.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// With a `/proc` of files that the test makes.
class DescriptorOwnersTest {
  @TempDir private Path proc;
  private DescriptorOwners owners;
  private int removed;

  @BeforeEach
  void open() {
    owners = new DescriptorOwners(proc);
  }

  @Test
  void theHolderIsFoundAtTheRefreshAfterTheQuestion() throws IOException {
    process(10, 100, "socket:[7]", "/dev/null", "pipe:[7]");

    assertThat(owners.ownerOf(7)).isEmpty();
    owners.refresh();

    assertThat(owners.ownerOf(7)).contains(new ProcessIdentity(10, 100));
  }

  @Test
  void ofSeveralHoldersTheYoungestOwns() throws IOException {
    process(10, 100, "socket:[7]");
    process(11, 300, "socket:[7]");
    process(12, 200, "socket:[7]");

    assertThat(ask(7)).contains(new ProcessIdentity(11, 300));
  }

  @Test
  void ofTwoThatStartedInTheSameTickTheHigherPidOwns() throws IOException {
    process(12, 100, "socket:[7]");
    process(11, 100, "socket:[7]");

    assertThat(ask(7)).contains(new ProcessIdentity(12, 100));
  }

  @Test
  void aWorkerThatInheritsAKnownSocketTakesItOver() throws IOException {
    process(10, 100, "socket:[7]");
    assertThat(ask(7)).contains(new ProcessIdentity(10, 100));

    process(11, 200, "socket:[7]", "socket:[8]");
    assertThat(ask(8)).contains(new ProcessIdentity(11, 200));

    assertThat(owners.ownerOf(7)).contains(new ProcessIdentity(11, 200));
  }

  @Test
  void whenTheOwnerIsGoneAnotherHolderOwns() throws IOException {
    process(10, 100, "socket:[7]");
    process(11, 200, "socket:[7]");
    assertThat(ask(7)).contains(new ProcessIdentity(11, 200));

    remove(11);
    refreshUntilConfirmed();

    assertThat(ask(7)).contains(new ProcessIdentity(10, 100));
  }

  @Test
  void aSocketHandedOnIsFoundWithItsNewHolder() throws IOException {
    process(10, 100, "socket:[7]");
    process(11, 50);
    assertThat(ask(7)).contains(new ProcessIdentity(10, 100));

    remove(10);
    process(10, 100);
    remove(11);
    process(11, 50, "socket:[7]");
    refreshUntilConfirmed();

    assertThat(ask(7)).contains(new ProcessIdentity(11, 50));
  }

  @Test
  void aPidThatWasGivenToAnotherProcessIsNotTheSame() throws IOException {
    process(10, 100, "socket:[7]");
    assertThat(ask(7)).contains(new ProcessIdentity(10, 100));

    remove(10);
    process(10, 900, "socket:[8]");

    assertThat(ask(8)).contains(new ProcessIdentity(10, 900));
    assertThat(owners.ownerOf(7)).isEmpty();
  }

  @Test
  void aSocketThatNobodyHoldsIsLookedForAgainLater() throws IOException {
    process(10, 100);
    assertThat(ask(7)).isEmpty();

    remove(10);
    process(10, 100, "socket:[7]");
    Optional<ProcessIdentity> owner = Optional.empty();
    for (int i = 0; i < 4 && owner.isEmpty(); i++) {
      owner = ask(7);
    }

    assertThat(owner).contains(new ProcessIdentity(10, 100));
  }

  @Test
  void inodeZeroIsNobodys() {
    assertThat(ask(0)).isEmpty();
  }

  private Optional<ProcessIdentity> ask(long inode) {
    if (owners.ownerOf(inode).isEmpty()) {
      owners.refresh();
    }
    return owners.ownerOf(inode);
  }

  private void refreshUntilConfirmed() {
    for (int i = 0; i < 16; i++) {
      owners.refresh();
    }
  }

  private void process(int pid, long startTicks, String... files) throws IOException {
    Path directory = proc.resolve(Integer.toString(pid));
    Files.createDirectories(directory.resolve("fd"));
    Files.writeString(
        directory.resolve("stat"),
        pid
            + " (odd) name) S 1 1 1 0 -1 4194560 1 2 3 4 5 6 7 8 20 0 1 0 "
            + startTicks
            + " 1000 250 18446744073709551615 1 1 0 0 0 0 0 0 0 0 0 0 17 1 0 0 0 0 0 0 0 0 0 0 0\n");
    for (int i = 0; i < files.length; i++) {
      Files.createSymbolicLink(directory.resolve("fd/" + i), Path.of(files[i]));
    }
  }

  /// Moves it out of sight, so that its inode is not given to another one, as in the real `/proc`.
  private void remove(int pid) throws IOException {
    Files.move(proc.resolve(Integer.toString(pid)), proc.resolve("gone-" + removed++));
  }
}
