package dev.otelscope.standalone.system;

import dev.otelscope.standalone.kit.Tool;
import dev.otelscope.standalone.kit.Until;
import dev.otelscope.standalone.testbed.Namespace;
import dev.otelscope.standalone.testbed.Started;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// nginx, with all its files in one folder.
final class Nginx {
  private Nginx() {}

  /// Starts one and waits until its workers are there.
  ///
  /// @param folder new
  /// @param http what stands in the configuration's `http` block; `access.log` in the folder holds
  ///   a line `<worker's pid> <client's port>` for each request
  static Started start(Namespace namespace, Path folder, int workers, String http)
      throws IOException {
    Path configuration = folder.resolve("nginx.conf");
    Files.writeString(
        configuration,
        """
        user root;
        daemon off;
        worker_processes %d;
        pid nginx.pid;
        error_log stderr;
        events { }
        http {
          log_format served '$pid $remote_port';
          access_log access.log served;
          keepalive_timeout 1h;
          keepalive_requests 1000000;
          client_body_temp_path body;
          proxy_temp_path proxy;
          fastcgi_temp_path fastcgi;
          uwsgi_temp_path uwsgi;
          scgi_temp_path scgi;
        %s
        }
        """
            .formatted(workers, http.indent(2)));
    Started nginx =
        Started.start(
            folder.resolve("nginx.log"),
            Map.of(),
            namespace.inside(
                List.of(
                    Tool.NGINX.path().toString(),
                    "-p",
                    folder.toString(),
                    "-c",
                    configuration.toString(),
                    "-e",
                    "stderr")));
    Until.holds(nginx, () -> children(nginx).size() == workers);
    return nginx;
  }

  /// Process ids of its workers.
  static List<Long> children(Started nginx) {
    return ProcessHandle.of(nginx.pid()).stream()
        .flatMap(ProcessHandle::children)
        .map(ProcessHandle::pid)
        .toList();
  }
}
