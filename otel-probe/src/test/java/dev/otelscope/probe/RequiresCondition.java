package dev.otelscope.probe;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/// Looks whether the machine has what a test [Requires].
final class RequiresCondition implements ExecutionCondition {
  private static final int CAP_NET_ADMIN = 12;
  private static final int CAP_SYS_ADMIN = 21;
  private static final int CAP_PERFMON = 38;
  private static final int CAP_BPF = 39;

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    Optional<Requires> requires =
        AnnotationSupport.findAnnotation(context.getElement(), Requires.class);
    List<String> missing =
        requires.stream()
            .flatMap(annotation -> Arrays.stream(annotation.value()))
            .filter(need -> !isThere(need))
            .map(RequiresCondition::describe)
            .toList();
    if (missing.isEmpty()) {
      return ConditionEvaluationResult.enabled("everything is there");
    }
    String reason = context.getDisplayName() + " needs " + String.join(", ", missing);
    if ("all".equals(System.getenv("OTELSCOPE_REQUIRE"))) {
      throw new IllegalStateException(reason + ", and OTELSCOPE_REQUIRE=all forbids to skip it");
    }
    System.out.println("skipped: " + reason);
    return ConditionEvaluationResult.disabled(reason);
  }

  private static boolean isThere(Requires.Need need) {
    return switch (need) {
      case ROOT -> canMakeNamespaces();
      case IPROUTE2 -> isOnPath("ip");
      case SETPRIV -> isOnPath("setpriv");
      case DOCKER ->
          Stream.of("dockerd", "docker", "iptables").allMatch(RequiresCondition::isOnPath);
      case CONTAINERD ->
          Stream.of("containerd", "ctr", "runc", "unshare").allMatch(RequiresCondition::isOnPath)
              && Files.isExecutable(Path.of("/usr/lib/cni/bridge"))
              && Files.isExecutable(Path.of("/bin/busybox"));
      case NGINX -> isOnPath("nginx");
      case BASH -> isOnPath("bash");
      case PYTHON -> isOnPath("python3");
      case NFT -> isOnPath("nft");
      case BTF -> Files.isReadable(Path.of("/sys/kernel/btf/vmlinux"));
      case EBPF -> mayTrace();
    };
  }

  private static String describe(Requires.Need need) {
    return switch (need) {
      case ROOT -> "root";
      case IPROUTE2 -> "the program ip (package iproute2)";
      case SETPRIV -> "the program setpriv (package util-linux)";
      case DOCKER -> "the programs dockerd, docker (package docker.io) and iptables";
      case CONTAINERD ->
          "containerd (packages containerd, runc, containernetworking-plugins, busybox-static)";
      case NGINX -> "the program nginx";
      case BASH -> "the program bash";
      case PYTHON -> "the program python3";
      case NFT -> "the program nft (package nftables)";
      case BTF -> "a kernel with CONFIG_DEBUG_INFO_BTF";
      case EBPF -> "CAP_BPF, CAP_PERFMON and CAP_NET_ADMIN, and a kernel with BTF";
    };
  }

  /// Root in a container may have no power over the network: it takes two capabilities.
  private static boolean canMakeNamespaces() {
    return has(1L << CAP_NET_ADMIN | 1L << CAP_SYS_ADMIN);
  }

  private static boolean mayTrace() {
    return Files.isReadable(Path.of("/sys/kernel/btf/vmlinux"))
        && has(1L << CAP_BPF | 1L << CAP_PERFMON | 1L << CAP_NET_ADMIN);
  }

  private static boolean has(long needed) {
    try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
      long effective =
          lines
              .filter(line -> line.startsWith("CapEff:"))
              .mapToLong(line -> Long.parseUnsignedLong(line.substring(7).strip(), 16))
              .findFirst()
              .orElse(0);
      return (effective & needed) == needed;
    } catch (IOException e) {
      return false; // not a Linux
    }
  }

  private static boolean isOnPath(String program) {
    return Arrays.stream(System.getenv("PATH").split(File.pathSeparator, -1))
        .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
  }
}
