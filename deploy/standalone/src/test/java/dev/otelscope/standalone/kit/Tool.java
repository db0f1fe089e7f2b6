package dev.otelscope.standalone.kit;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// A program that some tests need and a machine may lack.
public enum Tool {
  IP("ip", "package iproute2"),
  NFT("nft", "package nftables"),
  SETPRIV("setpriv", "package util-linux"),
  NGINX("nginx", "package nginx-light"),
  POSTGRES("postgres", "package postgresql"),
  INITDB("initdb", "package postgresql"),
  REDIS("redis-server", "package redis-server"),
  CHROMIUM("chromium", "package chromium"),
  NODE("node", "Node.js"),
  COLLECTOR("otelscope-collector-light", "the collector of .ci/run, in $OTELSCOPE_TOOLS"),
  DOCKERD("dockerd", "package docker.io"),
  DOCKER("docker", "package docker.io or docker-cli"),
  PYTHON("python3", "package python3"),
  CONTAINERD("containerd", "package containerd"),
  RUNC("runc", "package runc"),
  CNI("bridge", "package containernetworking-plugins"),
  IPTABLES("iptables", "package iptables"),
  CONNTRACK("conntrack", "package conntrack"),
  BUSYBOX("busybox", "package busybox-static"),
  SOCAT("socat", "package socat"),
  OPENSSL("openssl", "package openssl"),
  KUBECTL("kubectl", "the Kubernetes of .ci/run, in $OTELSCOPE_TOOLS"),
  KUBERNETES("up.sh", "what starts the Kubernetes of .ci/run, in $OTELSCOPE_KUBERNETES");

  private final String program;
  private final String origin;

  Tool(String program, String origin) {
    this.program = program;
    this.origin = origin;
  }

  /// Where it is on this machine.
  public Optional<Path> find() {
    return folders().map(folder -> folder.resolve(program)).filter(Files::isExecutable).findFirst();
  }

  /// Where it is, for tests that are [Requires]d to have it.
  ///
  /// @throws IllegalStateException when it is not here
  public Path path() {
    return find().orElseThrow(() -> new IllegalStateException(whyNot()));
  }

  String whyNot() {
    return "no %s here (%s)".formatted(program, origin);
  }

  private static Stream<Path> folders() {
    Stream<Path> onPath = Stream.of(System.getenv("PATH").split(File.pathSeparator)).map(Path::of);
    return Stream.of(
            onPath,
            Stream.of(Path.of("/usr/sbin"), Path.of("/usr/lib/cni")),
            Stream.ofNullable(System.getenv("OTELSCOPE_KUBERNETES")).map(Path::of),
            matching(Path.of("/usr/lib/postgresql"), "*/bin").stream(),
            matching(tools(), "otelscope-collector-light*").stream(),
            matching(tools(), "kubernetes-*").stream())
        .flatMap(folders -> folders);
  }

  private static Path tools() {
    String told = System.getenv("OTELSCOPE_TOOLS");
    if (told != null) {
      return Path.of(told);
    }
    String cache = System.getenv("XDG_CACHE_HOME");
    return (cache != null ? Path.of(cache) : Path.of(System.getProperty("user.home"), ".cache"))
        .resolve("otelscope-tools");
  }

  /// Folders below `start` that match, those with the greatest name first.
  private static List<Path> matching(Path start, String pattern) {
    if (!Files.isDirectory(start)) {
      return List.of();
    }
    PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + start + "/" + pattern);
    try (Stream<Path> found = Files.find(start, 2, (path, attributes) -> matcher.matches(path))) {
      return found.sorted(Comparator.reverseOrder()).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
