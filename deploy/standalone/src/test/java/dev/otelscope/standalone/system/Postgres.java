package dev.otelscope.standalone.system;

import dev.otelscope.standalone.kit.Tool;
import dev.otelscope.standalone.kit.Until;
import dev.otelscope.standalone.testbed.Command;
import dev.otelscope.standalone.testbed.Namespace;
import dev.otelscope.standalone.testbed.Started;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A PostgreSQL server with data of its own, which lets everybody in.
final class Postgres {
  private Postgres() {}

  /// Starts one and waits until it serves.
  ///
  /// @param folder new, outside of folders that only root may enter
  static Started start(Namespace namespace, Path folder, String address) throws IOException {
    Path log = Files.createFile(folder.resolve("postgres.log"));
    Path data = Files.createDirectory(folder.resolve("data"));
    Command.run("chown", "-R", "postgres:", folder.toString());
    Command.run(
        asPostgres(
            List.of(Tool.INITDB.path().toString(), "-D", data.toString(), "-A", "trust", "-N")));
    Files.writeString(data.resolve("pg_hba.conf"), "host all all all trust\nlocal all all trust\n");
    Started server =
        Started.start(
            log,
            Map.of(),
            namespace.inside(
                asPostgres(
                    List.of(
                        Tool.POSTGRES.path().toString(),
                        "-D",
                        data.toString(),
                        "-c",
                        "listen_addresses=" + address,
                        "-c",
                        "unix_socket_directories=",
                        "-c",
                        "shared_buffers=8MB",
                        "-c",
                        "fsync=off"))));
    Until.said(server, "ready to accept connections");
    return server;
  }

  private static List<String> asPostgres(List<String> command) {
    List<String> all =
        new ArrayList<>(
            List.of("setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"));
    all.addAll(command);
    return all;
  }
}
