package dev.otelscope.probe.container;

import static java.util.Objects.requireNonNull;
import static java.util.Objects.requireNonNullElse;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The control group that a runtime made for a container. Its path names the container, so that a
/// process can be told to be in it without asking any runtime:
///
/// ```
/// /docker/<id>                                                   Docker, cgroupfs
/// /system.slice/docker-<id>.scope                                Docker, systemd
/// /machine.slice/libpod-<id>.scope/container                     Podman
/// /kubepods/burstable/pod<uid>/<id>                              Kubernetes, cgroupfs
/// /kubepods.slice/kubepods-pod<uid>.slice/cri-containerd-<id>.scope   … systemd, containerd
/// /kubepods.slice/kubepods-pod<uid>.slice/crio-<id>.scope             … systemd, CRI-O
/// /system.slice/containerd.service/kubepods-pod<uid>.slice:cri-containerd:<id>
/// /ecs/<task>/<id>                                               Amazon ECS
/// ```
///
/// What stands before varies (a probe in a control group namespace of its own sees `/../..`), what
/// stands behind is of the container's own making. Of containers in containers it is the innermost.
///
/// @param path of the container's own group, without groups that were made inside it
/// @param id as its runtime knows it
/// @param podUid of the Kubernetes pod that it is in; of a static pod, the hash of its manifest
/// @param runtime name of the runtime where the path says it, such as `docker`; else empty
public record ContainerCgroup(String path, String id, Optional<String> podUid, String runtime) {
  private static final Pattern CONTAINER =
      Pattern.compile("(?:(?<maker>[A-Za-z0-9_.:-]+)[-:])?(?<id>[0-9a-f]{64})(?:\\.scope)?");

  private static final String ECS = "/ecs/";

  /// What ECS calls a container whose task has a network of its own.
  private static final Pattern ECS_CONTAINER = Pattern.compile("[0-9a-f]{32}-[0-9]{4,20}");

  /// A UUID whose dashes systemd's names of slices cannot have, or the hash of a static pod.
  private static final Pattern POD =
      Pattern.compile(
          "(?:(?:[a-z]+-)*kubepods[a-z-]*-)?pod"
              + "(?<uid>[0-9a-f]{8}(?:[-_][0-9a-f]{4}){3}[-_][0-9a-f]{12}|[0-9a-f]{32})"
              + "(?:\\.slice)?(?::.*)?");

  /// Whose groups end like a container's, but hold the process that watches over one.
  private static final String MONITOR = "conmon";

  public ContainerCgroup {
    requireNonNull(podUid, "podUid");
    if (id.isEmpty() || !path.contains(id)) {
      throw new IllegalArgumentException(
          "the path of a container's control group must hold its id: " + path + ", " + id);
    }
  }

  /// The container that a control group belongs to; empty when it belongs to none.
  ///
  /// @param path in any hierarchy, as in `/proc/<pid>/cgroup`
  public static Optional<ContainerCgroup> in(String path) {
    Optional<ContainerCgroup> innermost = Optional.empty();
    Optional<String> podUid = Optional.empty();
    String outer = "";
    for (int start = 1, end; start <= path.length(); start = end + 1) {
      int slash = path.indexOf('/', start);
      end = slash < 0 ? path.length() : slash;
      String name = path.substring(start, end);
      Optional<String> pod = podUid(name);
      podUid = pod.isPresent() ? pod : podUid;
      Optional<ContainerCgroup> here = named(name, outer, path.substring(0, end), podUid);
      innermost = here.isPresent() ? here : innermost;
      outer = name;
    }
    return innermost;
  }

  private static Optional<String> podUid(String name) {
    Matcher pod = POD.matcher(name);
    return pod.matches()
        ? Optional.ofNullable(pod.group("uid")).map(uid -> uid.replace('_', '-'))
        : Optional.empty();
  }

  private static Optional<ContainerCgroup> named(
      String name, String outer, String path, Optional<String> podUid) {
    Matcher container = CONTAINER.matcher(name);
    if (container.matches()) {
      String maker = requireNonNullElse(container.group("maker"), "");
      String id = requireNonNullElse(container.group("id"), "");
      return maker.endsWith(MONITOR)
          ? Optional.empty()
          : Optional.of(new ContainerCgroup(path, id, podUid, runtime(maker, outer)));
    }
    return path.startsWith(ECS) && ECS_CONTAINER.matcher(name).matches()
        ? Optional.of(new ContainerCgroup(path, name, podUid, ""))
        : Optional.empty();
  }

  private static String runtime(String maker, String outer) {
    if (maker.equals("docker") || outer.equals("docker")) {
      return "docker";
    }
    if (maker.endsWith("cri-containerd") || maker.equals("nerdctl")) {
      return "containerd";
    }
    if (maker.equals("crio")) {
      return "cri-o";
    }
    return maker.startsWith("libpod") || outer.equals("libpod_parent") ? "podman" : "";
  }
}
