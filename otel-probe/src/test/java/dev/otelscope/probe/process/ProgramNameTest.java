package dev.otelscope.probe.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProgramNameTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          /usr/sbin/nginx       | nginx -g daemon                                   | nginx
          /usr/bin/python3.12   | python3 -W ignore /srv/app.py --port=80           | app.py
          /usr/bin/python3.12   | python3 -m http.server 80                         | http.server
          /usr/bin/python3.12   | python3 -c print(1)                               | python3.12
          /usr/bin/python3.12   | gunicorn:                                         | gunicorn
          /usr/bin/python3.12   | /usr/bin/python3 /usr/bin/supervisord -n          | supervisord
          /usr/bin/node         | node --require ./trace.js server.js               | server.js
          /usr/bin/ruby3.1      | ruby -I lib bin/rails server                      | rails
          /usr/bin/perl         | perl -e 1                                         | perl
          /usr/bin/bash         | bash -c sleep                                     | bash
          /usr/bin/dash         | sh /entry.sh                                      | entry.sh
          /usr/bin/bash         | -bash                                             | bash
          /opt/jdk/bin/java     | java -Xmx1g -cp a.jar:b.jar org.example.Main x    | org.example.Main
          /opt/jdk/bin/java     | java -jar /srv/shop.jar                           | shop.jar
          /opt/jdk/bin/java     | java @options --module shop/org.example.Main      | org.example.Main
          ''                    | /usr/lib/postgresql/16/bin/postgres -D x          | postgres
          ''                    | postgres: walwriter                               | postgres
          """)
  void isWhatAPersonCallsIt(String executable, String command, String name) {
    assertThat(ProgramName.of(executable, List.of(command.split(" ", -1)), "kernel-name"))
        .isEqualTo(name);
  }

  @ParameterizedTest
  @CsvSource({
    "/bin/busybox, httpd, httpd, httpd",
    "/usr/bin/redis-check-rdb, redis-server 127.0.0.1:6379, redis-server, redis-server",
    "/usr/bin/dash, sh, sh, sh",
    "/usr/bin/nginx, nginx: worker process, renamed, nginx",
    "/usr/bin/python3.12, python3, python3, python3.12",
  })
  void aLinkItWasStartedThroughNamesIt(
      String executable, String command, String kernelName, String name) {
    assertThat(ProgramName.of(executable, List.of(command), kernelName)).isEqualTo(name);
  }

  @Test
  void aKernelThreadHasTheKernelsName() {
    assertThat(ProgramName.of("", List.of(), "kworker/0:1")).isEqualTo("kworker/0:1");
  }
}
