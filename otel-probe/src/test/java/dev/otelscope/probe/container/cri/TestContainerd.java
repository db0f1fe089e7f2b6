package dev.otelscope.probe.container.cri;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.otelscope.probe.container.cri.grpc.GrpcConnection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/// A real containerd with its plug-in for CRI, in namespaces of its own: nothing of it touches the
/// machine's network, and it counts processes otherwise than the machine does. The test plays the
/// kubelet. Its only image is a busybox.
final class TestContainerd implements AutoCloseable {
  static final String IMAGE = "otelscope.local/busybox:1";

  private static final String RUNTIME = "/runtime.v1.RuntimeService/";

  /// Runs as the first process of the namespaces, for as long as the file `up` says so.
  private static final String INIT =
      """
      mount -t tmpfs tmpfs /run
      mount -t tmpfs tmpfs /var/lib
      mkdir -p /run/netns
      ip link set lo up
      while sleep 0.1; do
        if [ -e "$1/up" ]; then containerd --config "$1/containerd.toml"; fi
      done
      """;

  private static final String CONFIGURATION =
      """
      version = 2
      root = "FOLDER/root"
      state = "FOLDER/state"
      disabled_plugins = ["io.containerd.internal.v1.opt", "io.containerd.snapshotter.v1.aufs",
        "io.containerd.snapshotter.v1.btrfs", "io.containerd.snapshotter.v1.devmapper",
        "io.containerd.snapshotter.v1.zfs"]
      [grpc]
        address = "FOLDER/containerd.sock"
      [plugins."io.containerd.grpc.v1.cri"]
        sandbox_image = "otelscope.local/busybox:1"
        restrict_oom_score_adj = true
        [plugins."io.containerd.grpc.v1.cri".cni]
          bin_dir = "/usr/lib/cni"
          conf_dir = "FOLDER/cni"
      """;

  private static final String NETWORK =
      """
      {"cniVersion": "0.4.0", "name": "pods", "plugins": [
        {"type": "bridge", "bridge": "cni0", "isGateway": true, "ipam": {
          "type": "host-local", "ranges": [[{"subnet": "10.215.0.0/24"}]], "dataDir": "/run/cni"}}]}
      """;

  private final Path folder;
  private final String cgroup = "otelscope-cri-" + ProcessHandle.current().pid();
  private final Process init;

  private TestContainerd(Path folder) throws IOException {
    this.folder = folder;
    Files.writeString(folder.resolve("init.sh"), INIT);
    Files.writeString(
        folder.resolve("containerd.toml"), CONFIGURATION.replace("FOLDER", folder.toString()));
    Files.writeString(
        Files.createDirectory(folder.resolve("cni")).resolve("10-pods.conflist"), NETWORK);
    Files.createFile(folder.resolve("up"));
    List<String> command =
        List.of(
            "unshare",
            "--mount",
            "--net",
            "--uts",
            "--ipc",
            "--pid",
            "--fork",
            "--kill-child",
            "--mount-proc",
            "sh",
            folder.resolve("init.sh").toString(),
            folder.toString());
    this.init =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("containerd.log").toFile())
            .start();
  }

  static TestContainerd start() throws IOException {
    TestContainerd containerd = new TestContainerd(Files.createTempDirectory("oscri"));
    try {
      containerd.await();
      containerd.importImage();
      return containerd;
    } catch (IOException | RuntimeException e) {
      containerd.close();
      throw e;
    }
  }

  Path socket() {
    return folder.resolve("containerd.sock");
  }

  /// Starts a pod without containers.
  Pod pod(String name) throws IOException {
    String uid = UUID.randomUUID().toString();
    MessageWriter configuration =
        new MessageWriter()
            .message(1, new MessageWriter().text(1, name).text(2, uid).text(3, "shop"))
            .text(2, name + "-host")
            .text(3, folder.resolve("log").toString())
            .message(6, entry("app", name))
            .message(
                8, new MessageWriter().text(1, "/" + cgroup + "/kubepods/besteffort/pod" + uid));
    byte[] answer = ask("RunPodSandbox", new MessageWriter().message(1, configuration));
    return new Pod(textOf(answer), name, uid, configuration);
  }

  /// What a pod's containers share.
  record Pod(String id, String name, String uid, MessageWriter configuration) {}

  /// Starts a container that does nothing, with the label `tier` = `front`.
  String container(Pod pod, String name) throws IOException {
    MessageWriter configuration =
        new MessageWriter()
            .message(1, new MessageWriter().text(1, name))
            .message(2, new MessageWriter().text(1, IMAGE))
            .text(3, "/bin/busybox")
            .text(4, "sleep")
            .text(4, "600")
            .message(9, entry("tier", "front"))
            .text(11, name + ".log");
    String id =
        textOf(
            ask(
                "CreateContainer",
                new MessageWriter()
                    .text(1, pod.id())
                    .message(2, configuration)
                    .message(3, pod.configuration())));
    byte[] _ = ask("StartContainer", new MessageWriter().text(1, id));
    return id;
  }

  /// Stops a container at once.
  void stop(String id) throws IOException {
    byte[] _ = ask("StopContainer", new MessageWriter().text(1, id));
  }

  void remove(String id) throws IOException {
    byte[] _ = ask("RemoveContainer", new MessageWriter().text(1, id));
  }

  /// Ends a pod with all its containers.
  void remove(Pod pod) throws IOException {
    byte[] _ = ask("StopPodSandbox", new MessageWriter().text(1, pod.id()));
    byte[] _ = ask("RemovePodSandbox", new MessageWriter().text(1, pod.id()));
  }

  /// Ends the daemon; its containers go on.
  void stopDaemon() throws IOException {
    Files.delete(folder.resolve("up"));
    daemon().forEach(ProcessHandle::destroy);
    Awaitility.await().atMost(30, TimeUnit.SECONDS).until(() -> daemon().findAny().isEmpty());
  }

  void startDaemonAgain() throws IOException {
    Files.createFile(folder.resolve("up"));
    await();
  }

  private Stream<ProcessHandle> daemon() {
    return init.descendants()
        .filter(process -> process.info().command().orElse("").endsWith("/containerd"));
  }

  private void await() {
    Awaitility.await()
        .atMost(60, TimeUnit.SECONDS)
        .ignoreExceptions()
        .until(() -> ask("Status", new MessageWriter()).length > 0);
  }

  private byte[] ask(String method, MessageWriter request) throws IOException {
    try (GrpcConnection connection = GrpcConnection.open(socket())) {
      return connection.ask(RUNTIME + method, request.bytes());
    }
  }

  private static String textOf(byte[] answer) throws IOException {
    MessageReader reader = new MessageReader(answer);
    return reader.next() ? reader.text() : "";
  }

  private static MessageWriter entry(String key, String value) {
    return new MessageWriter().text(1, key).text(2, value);
  }

  /// A docker archive of one layer, which has one file.
  private void importImage() throws IOException {
    Path root = Files.createDirectory(folder.resolve("image"));
    Path bin = Files.createDirectories(root.resolve("layer/bin"));
    Files.copy(Path.of("/bin/busybox"), bin.resolve("busybox"));
    Path layer = root.resolve("layer.tar");
    run("tar", "-C", root.resolve("layer").toString(), "-cf", layer.toString(), ".");
    Files.writeString(
        root.resolve("config.json"),
        """
        {"architecture": "%s", "os": "linux",
         "config": {"Entrypoint": ["/bin/busybox", "sleep", "2147483647"]},
         "rootfs": {"type": "layers", "diff_ids": ["sha256:%s"]}}
        """
            .formatted(
                System.getProperty("os.arch").equals("aarch64") ? "arm64" : "amd64",
                digest(layer)));
    Files.writeString(
        root.resolve("manifest.json"),
        """
        [{"Config": "config.json", "RepoTags": ["%s"], "Layers": ["layer.tar"]}]
        """
            .formatted(IMAGE));
    String archive = folder.resolve("image.tar").toString();
    run("tar", "-C", root.toString(), "-cf", archive, "manifest.json", "config.json", "layer.tar");
    run("ctr", "-a", socket().toString(), "-n", "k8s.io", "images", "import", archive);
  }

  private static String digest(Path file) throws IOException {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  @Override
  public void close() throws IOException {
    init.descendants().forEach(ProcessHandle::destroyForcibly);
    init.destroyForcibly();
    removeControlGroups();
    run("rm", "-rf", folder.toString());
  }

  /// The kernel lets go of a group once the last of its processes is gone.
  private void removeControlGroups() {
    Awaitility.await()
        .atMost(30, TimeUnit.SECONDS)
        .until(() -> {
          List<Path> left = new ArrayList<>();
          try (Stream<Path> found =
              Files.find(Path.of("/sys/fs/cgroup"), 2, (path, _) -> path.endsWith(cgroup))) {
            found.forEach(left::add);
          }
          for (Path group : left) {
            run("find", group.toString(), "-depth", "-type", "d", "-exec", "rmdir", "{}", ";");
          }
          return left.isEmpty();
        });
  }

  private static void run(String... command) throws IOException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try {
      String output = new String(requireNonNull(process.getInputStream()).readAllBytes(), UTF_8);
      if (!process.waitFor(30, TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw new IOException(String.join(" ", command) + " failed: " + output);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(String.join(" ", command) + " was interrupted", e);
    }
  }
}
