package dev.otelscope.standalone.system;

import dev.otelscope.standalone.kit.Tool;
import dev.otelscope.standalone.kit.Until;
import dev.otelscope.standalone.testbed.Command;
import dev.otelscope.standalone.testbed.Namespace;
import dev.otelscope.standalone.testbed.Namespaces;
import dev.otelscope.standalone.testbed.RemoteTalker;
import dev.otelscope.standalone.testbed.Started;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import shop.Shop;

/// A web shop with everything around it, in network namespaces of its own, all programs real:
///
/// ```
/// clients  10.77.0.40, fd77::40   several talkers in one namespace
/// web      10.77.0.10, fd77::10   nginx with one worker, port 80, in front of the shop
/// app      10.77.0.20, fd77::20   the shop, port 8080; a talker that serves TCP 7001, UDP 7002
/// data     10.77.0.30, fd77::30   PostgreSQL 5432 (by IPv6), redis 6379 (by IPv4)
/// prefork  10.77.0.60, fd77::60   nginx with four workers on port 8081
/// loop-a, loop-b                  two talkers each, both pairs on 127.0.0.1:7000
/// outside  203.0.113.10           a talker on the Internet, as far as anybody can tell: behind a
///                                 router, and no probe looks here
/// ```
///
/// There is also a shop without IPv4, not even on loopback: fd77::60 instead of 10.77.0.60, ::1
/// instead of 127.0.0.1, 2001:db8::10 instead of 203.0.113.10.
final class ShopNetwork implements AutoCloseable {
  static final int PREFORK_WORKERS = 4;

  private static final String PREFORK = "prefork";

  private final boolean v6Only;
  private final Path folder;
  private final Path openFolder;
  private final Namespaces namespaces = Namespaces.create();
  private final Deque<AutoCloseable> programs = new ArrayDeque<>();
  private final Map<Long, String> names = new LinkedHashMap<>();

  final Namespace clients;
  final Namespace web;
  final Namespace app;
  final Namespace data;
  final Namespace prefork;
  final Namespace loopA;
  final Namespace loopB;
  final Namespace outside;

  /// Starts everything; nobody is connected yet but the shop to its database and its cache.
  ///
  /// @param folder for files and logs
  ShopNetwork(Path folder) throws IOException {
    this(folder, false);
  }

  /// @param v6Only whether there is no IPv4
  ShopNetwork(Path folder, boolean v6Only) throws IOException {
    this.folder = folder;
    this.v6Only = v6Only;
    // PostgreSQL runs as a user that may not enter the tests' folders.
    this.openFolder = Files.createTempDirectory("otelscope-shop");
    try {
      clients = addToBridge("clients", 40);
      web = addToBridge("web", 10);
      app = addToBridge("app", 20);
      data = addToBridge("data", 30);
      prefork = addToBridge("prefork", 60);
      loopA = namespaces.add("loop-a");
      loopB = namespaces.add("loop-b");
      outside = namespaces.addToBridge("outside", outsideNetwork(10));
      Namespace router = addToBridge("router", 1);
      router.address(outsideNetwork(1));
      router.sysctl("net.ipv6.conf.all.forwarding", "1");
      router.sysctl("net.ipv4.ip_forward", "1");
      router.sysctl("net.ipv4.conf.all.send_redirects", "0");
      router.sysctl("net.ipv4.conf.eth0.send_redirects", "0");
      outside.ip("route", "add", "default", "via", outsideAddress(1));
      for (Namespace inside : List.of(clients, web)) {
        inside.ip("route", "add", "default", "via", address(1));
      }
      if (v6Only) {
        inside().forEach(each -> each.ip("address", "delete", "127.0.0.1/8", "dev", "lo"));
      }
      startServers();
    } catch (IOException | RuntimeException e) {
      close();
      throw e;
    }
  }

  /// The address of a host of the shop, IPv4 where there is any.
  ///
  /// @param host its last part
  String address(int host) {
    return (v6Only ? "fd77::" : "10.77.0.") + host;
  }

  /// The stranger's.
  String outsideAddress() {
    return outsideAddress(10);
  }

  String loopback() {
    return v6Only ? "::1" : "127.0.0.1";
  }

  private String outsideAddress(int host) {
    return (v6Only ? "2001:db8::" : "203.0.113.") + host;
  }

  private String outsideNetwork(int host) {
    return outsideAddress(host) + (v6Only ? "/64" : "/24");
  }

  private Namespace addToBridge(String label, int host) {
    Namespace namespace = namespaces.addToBridge(label, "fd77::" + host + "/64");
    if (!v6Only) {
      namespace.address(address(host) + "/24");
    }
    return namespace;
  }

  /// As it stands in URLs and in nginx's configuration.
  private String bracketed(String address) {
    return v6Only ? "[" + address + "]" : address;
  }

  private void startServers() throws IOException {
    run("postgres", Postgres.start(data, openFolder, "fd77::30"));
    run("redis", startRedis());
    run("shop", startShop());
    run(
        "nginx",
        Nginx.start(
            web,
            Files.createDirectory(folder.resolve("web")),
            1,
            """
            upstream shop { server %s:8080; keepalive 1; }
            server {
              listen 80;
              listen [::]:80;
              location / {
                proxy_pass http://shop;
                proxy_http_version 1.1;
                proxy_set_header Connection "";
              }
            }
            """
                .formatted(bracketed(address(20)))));
    run(
        PREFORK,
        Nginx.start(
            prefork,
            Files.createDirectory(folder.resolve("prefork")),
            PREFORK_WORKERS,
            "server { listen %s:8081 reuseport; return 200 'ok'; }"
                .formatted(bracketed(address(60)))));
  }

  private Started startRedis() throws IOException {
    Started redis =
        Started.start(
            folder.resolve("redis.log"),
            Map.of(),
            data.inside(
                Tool.REDIS.path().toString(),
                "--bind",
                address(30),
                "--port",
                "6379",
                "--protected-mode",
                "no",
                "--save",
                "",
                "--dir",
                folder.toString()));
    Until.said(redis, "Ready to accept connections");
    return redis;
  }

  private Started startShop() {
    Started shop =
        Started.start(
            folder.resolve("shop.log"),
            Map.of(),
            app.inside(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx64m",
                "-cp",
                whereTestsAre(),
                Shop.class.getName(),
                address(20),
                "8080",
                "fd77::30",
                "5432",
                address(30),
                "6379"));
    Until.said(shop, "open");
    return shop;
  }

  private static String whereTestsAre() {
    try {
      return new File(Shop.class.getProtectionDomain().getCodeSource().getLocation().toURI())
          .getPath();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Starts a talker and gives it a name.
  RemoteTalker talker(String name, Namespace namespace) {
    RemoteTalker talker = RemoteTalker.start(namespace, folder.resolve(name + ".log"));
    programs.push(talker);
    names.put(talker.pid(), name);
    return talker;
  }

  private void run(String name, Started program) {
    programs.push(program);
    names.put(program.pid(), name);
  }

  /// What a process is called here: its own name, or that of the program that started it followed
  /// by `worker`. The workers of the prefork server are told apart by their ids.
  String nameWithPid(long pid) {
    String name = names.get(pid);
    if (name != null) {
      return name;
    }
    return ProcessHandle.of(pid)
        .flatMap(ProcessHandle::parent)
        .map(parent -> names.get(parent.pid()))
        .map(parent -> parent.equals(PREFORK) ? preforkWorker(pid) : parent + " worker")
        .orElse("pid " + pid);
  }

  static String preforkWorker(long pid) {
    return PREFORK + " worker " + pid;
  }

  /// For each request that the prefork server answered, by the client's port: the worker's pid.
  Map<Integer, Long> servedByWorkers() throws IOException {
    return Files.readAllLines(folder.resolve("prefork/access.log")).stream()
        .map(line -> line.split(" "))
        .collect(
            Collectors.toMap(
                words -> Integer.parseInt(words[1]),
                words -> Long.parseLong(words[0]),
                (first, second) -> second));
  }

  /// What `--namespaces` takes.
  static String list(Namespace... namespaces) {
    return Stream.of(namespaces).map(Namespace::name).collect(Collectors.joining(","));
  }

  /// Every namespace but the one that no probe looks into.
  List<Namespace> inside() {
    return List.of(clients, web, app, data, prefork, loopA, loopB);
  }

  @Override
  public void close() {
    List<Exception> failures = new ArrayList<>();
    while (!programs.isEmpty()) {
      try {
        programs.pop().close();
      } catch (Exception e) {
        failures.add(e);
      }
    }
    namespaces.close();
    removeOpenFolder();
    if (!failures.isEmpty()) {
      throw new IllegalStateException("programs that would not end: " + failures);
    }
  }

  private void removeOpenFolder() {
    Command.run("rm", "-rf", openFolder.toString());
  }
}
