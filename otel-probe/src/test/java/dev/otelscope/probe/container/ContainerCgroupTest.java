package dev.otelscope.probe.container;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContainerCgroupTest {
  private static final String OUTER = "a".repeat(64);
  private static final String INNER = "0123456789abcdef".repeat(4);
  private static final String UID = "6f2c1a5e-93a4-4b43-8b0e-5a1f4e7d9c01";
  private static final String UID_IN_SLICE = UID.replace('-', '_');
  private static final String STATIC_POD = "b7f0c1d2e3a4958677665544332211ff";

  @ParameterizedTest
  @CsvSource({
    // Docker: cgroupfs, systemd, with a parent of one's own, rootless
    "/docker/ID, docker",
    "/system.slice/docker-ID.scope, docker",
    "/user.slice/user-1000.slice/user@1000.service/user.slice/docker-ID.scope, docker",
    "/build/jobs/ID, ''",
    // Podman and nerdctl
    "/machine.slice/libpod-ID.scope, podman",
    "/machine.slice/libpod-ID.scope/container, podman",
    "/libpod_parent/libpod-ID, podman",
    "/libpod_parent/ID, podman",
    "/user.slice/user-1000.slice/user@1000.service/user.slice/libpod-ID.scope/container, podman",
    "/machine.slice/machine-libpod_pod_OUTER.slice/libpod-ID.scope, podman",
    "/system.slice/nerdctl-ID.scope, containerd",
    "/default/ID, ''",
    // Amazon ECS
    "/ecs/0b2a4c6d8e0f4a1b9c3d5e7f90a1b2c3/ID, ''",
    // as a namespace of control groups shows it
    "/../../docker-ID.scope, docker",
    "/../ID, ''",
    // what a container makes inside itself
    "/docker/ID/init.scope, docker",
    "/system.slice/docker-ID.scope/system.slice/cron.service, docker",
    // a container in a container
    "/docker/OUTER/docker/ID, docker",
    "/docker/OUTER/system.slice/docker-ID.scope, docker",
    "/docker/OUTER/init.scope/libpod_parent/libpod-ID, podman",
  })
  void thePathNamesTheContainer(String path, String runtime) {
    assertThat(ContainerCgroup.in(filled(path)))
        .hasValueSatisfying(found -> {
          assertThat(found.id()).isEqualTo(INNER);
          assertThat(found.podUid()).isEmpty();
          assertThat(found.runtime()).isEqualTo(runtime);
        });
  }

  @ParameterizedTest
  @CsvSource({
    "/kubepods/podUID/ID, ''",
    "/kubepods/burstable/podUID/ID, ''",
    "/kubepods/besteffort/podUID/crio-ID, cri-o",
    "/kubepods/podUID/docker-ID, docker",
    "/somewhere/else/kubepods/burstable/podUID/ID, ''",
    "/kubelet/kubepods/podUID/ID, ''",
    "/kubepods.slice/kubepods-podSLICED.slice/cri-containerd-ID.scope, containerd",
    "/kubepods.slice/kubepods-burstable.slice/kubepods-burstable-podSLICED.slice"
        + "/cri-containerd-ID.scope, containerd",
    "/kubepods.slice/kubepods-besteffort.slice/kubepods-besteffort-podSLICED.slice"
        + "/crio-ID.scope, cri-o",
    "/kubepods.slice/kubepods-burstable.slice/kubepods-burstable-podSLICED.slice"
        + "/crio-ID.scope/container, cri-o",
    "/kubepods.slice/kubepods-burstable.slice/kubepods-burstable-podSLICED.slice"
        + "/docker-ID.scope, docker",
    "/kubelet.slice/kubelet-kubepods.slice/kubelet-kubepods-podSLICED.slice"
        + "/cri-containerd-ID.scope, containerd",
    "/system.slice/containerd.service/kubepods-burstable-podSLICED.slice:cri-containerd:ID,"
        + " containerd",
    "/docker/OUTER/kubelet.slice/kubelet-kubepods.slice/kubelet-kubepods-burstable.slice"
        + "/kubelet-kubepods-burstable-podSLICED.slice/cri-containerd-ID.scope, containerd",
    "/docker/OUTER/kubepods/burstable/podUID/ID, ''",
    "/../../kubepods-podSLICED.slice/cri-containerd-ID.scope, containerd",
    "/kubepods/podUID/OUTER/docker/ID, docker",
  })
  void aPathOfKubernetesNamesThePodToo(String path, String runtime) {
    assertThat(ContainerCgroup.in(filled(path)))
        .hasValueSatisfying(found -> {
          assertThat(found.id()).isEqualTo(INNER);
          assertThat(found.podUid()).hasValue(UID);
          assertThat(found.runtime()).isEqualTo(runtime);
        });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "/init.scope",
        "/system.slice/docker.service",
        "/user.slice/user-1000.slice/session-3.scope",
        "/kubepods/burstable/podUID",
        "/docker/0123456789ab",
        "/docker/buildkit/ID0",
        // who watches over a container is not in it
        "/machine.slice/libpod-conmon-ID.scope",
        "/system.slice/crio-conmon-ID.scope",
        "/system.slice/conmon-ID.scope",
        "/0b2a4c6d8e0f4a1b9c3d5e7f90a1b2c3-2544",
      })
  void otherPathsNameNone(String path) {
    assertThat(ContainerCgroup.in(filled(path))).isEmpty();
  }

  @Test
  void aStaticPodIsKnownByItsHash() {
    assertThat(ContainerCgroup.in("/kubepods/burstable/pod" + STATIC_POD + "/" + INNER))
        .hasValueSatisfying(found -> assertThat(found.podUid()).hasValue(STATIC_POD));
  }

  @Test
  void aTaskOfEcsWithItsOwnNetworkHasShorterIds() {
    String task = "0b2a4c6d8e0f4a1b9c3d5e7f90a1b2c3";
    assertThat(ContainerCgroup.in("/ecs/" + task + "/" + task + "-2544306891"))
        .hasValueSatisfying(found -> assertThat(found.id()).isEqualTo(task + "-2544306891"));
  }

  @Test
  void theGroupOfTheContainerEndsWithItsName() {
    assertThat(ContainerCgroup.in(filled("/system.slice/docker-ID.scope/init.scope")))
        .hasValueSatisfying(
            found -> assertThat(found.path()).isEqualTo(filled("/system.slice/docker-ID.scope")));
  }

  private static String filled(String path) {
    return path.replace("OUTER", OUTER)
        .replace("ID0", "abcdefghij0123456789klmno")
        .replace("podUID", "pod" + UID)
        .replace("podSLICED", "pod" + UID_IN_SLICE)
        .replace("ID", INNER);
  }
}
