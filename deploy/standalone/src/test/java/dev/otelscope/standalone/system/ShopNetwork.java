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
/// prefork  10.77.0.60             nginx with four workers on port 8081
/// loop-a, loop-b                  two talkers each, both pairs on 127.0.0.1:7000
/// outside  203.0.113.10           a talker on the Internet, as far as anybody can tell: behind a
///                                 router, and no probe looks here
/// ```
final class ShopNetwork implements AutoCloseable {
  static final String OUTSIDE_ADDRESS = "203.0.113.10";
  static final int PREFORK_WORKERS = 4;

  private static final String PREFORK = "prefork";

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
    this.folder = folder;
    // PostgreSQL runs as a user that may not enter the tests' folders.
    this.openFolder = Files.createTempDirectory("otelscope-shop");
    try {
      clients = namespaces.addToBridge("clients", "10.77.0.40/24", "fd77::40/64");
      web = namespaces.addToBridge("web", "10.77.0.10/24", "fd77::10/64");
      app = namespaces.addToBridge("app", "10.77.0.20/24", "fd77::20/64");
      data = namespaces.addToBridge("data", "10.77.0.30/24", "fd77::30/64");
      prefork = namespaces.addToBridge("prefork", "10.77.0.60/24");
      loopA = namespaces.add("loop-a");
      loopB = namespaces.add("loop-b");
      outside = namespaces.addToBridge("outside", OUTSIDE_ADDRESS + "/24");
      Namespace router = namespaces.addToBridge("router", "10.77.0.1/24", "203.0.113.1/24");
      router.sysctl("net.ipv4.ip_forward", "1");
      router.sysctl("net.ipv4.conf.all.send_redirects", "0");
      router.sysctl("net.ipv4.conf.eth0.send_redirects", "0");
      outside.ip("route", "add", "default", "via", "203.0.113.1");
      for (Namespace inside : List.of(clients, web)) {
        inside.ip("route", "add", "default", "via", "10.77.0.1");
      }
      startServers();
    } catch (IOException | RuntimeException e) {
      close();
      throw e;
    }
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
            upstream shop { server 10.77.0.20:8080; keepalive 1; }
            server {
              listen 80;
              listen [::]:80;
              location / {
                proxy_pass http://shop;
                proxy_http_version 1.1;
                proxy_set_header Connection "";
              }
            }
            """));
    run(
        PREFORK,
        Nginx.start(
            prefork,
            Files.createDirectory(folder.resolve("prefork")),
            PREFORK_WORKERS,
            "server { listen 8081 reuseport; return 200 'ok'; }"));
  }

  private Started startRedis() throws IOException {
    Started redis =
        Started.start(
            folder.resolve("redis.log"),
            Map.of(),
            data.inside(
                Tool.REDIS.path().toString(),
                "--bind",
                "10.77.0.30",
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
                "10.77.0.20",
                "8080",
                "fd77::30",
                "5432",
                "10.77.0.30",
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
