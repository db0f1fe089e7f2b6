package dev.otelscope.probe.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SecretMaskTest {
  private final CommandLines commandLines = CommandLines.masked(List.of("kennwort"));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          app --password=hunter2                        | app --password=***
          app --password hunter2 --verbose              | app --password *** --verbose
          app --db-passwd=a;b&c,d                       | app --db-passwd=***
          app -Dspring.datasource.password=x -Dport=80  | app -Dspring.datasource.password=*** -Dport=80
          app -Djavax.net.ssl.keyStorePassword=changeit | app -Djavax.net.ssl.keyStorePassword=***
          env API_KEY=abc PORT=80 app                   | env API_KEY=*** PORT=80 app
          app --api-key abc                             | app --api-key ***
          app --auth=basic:x                            | app --auth=***
          app --client_secret=x                         | app --client_secret=***
          app --accessToken=x                           | app --accessToken=***
          app --kennwort=x                              | app --kennwort=***
          mysql -phunter2 shop                          | mysql -p*** shop
          /usr/bin/mysql -p hunter2                     | /usr/bin/mysql -p ***
          redis-cli -a hunter2 ping                     | redis-cli -a *** ping
          curl -u me:hunter2 http://a/                  | curl -u *** http://a/
          app redis://user:pw@cache:6379/0              | app redis://***@cache:6379/0
          app --db=postgres://u:p@db/shop?sslmode=off   | app --db=postgres://***@db/shop?sslmode=off
          app http://a/?token=abc&page=2                | app http://a/?token=***&page=2
          app {"user":"me","password":"x"}              | app {"user":"me","password":"***"}
          app 0123456789abcdef0123456789abcdef          | app ***
          app ghp/AbCdEf0123456789AbCdEf0123456789AbCdEf== | app ***==
          """)
  void secretsAreMasked(String command, String shown) {
    assertThat(String.join(" ", commandLines.shown(List.of(command.split(" ", -1)))))
        .isEqualTo(shown);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          nginx -g daemon|
          app --password-file=/run/secrets/db|
          app --token-ttl=30 --passive --compass=north|
          java -cp /usr/lib/jvm/java-25-openjdk-amd64/lib/server.jar org.example.Main|
          app --author=me --authority=here|
          app -p 8080|
          app --config=/etc/app/config.d/With-A-Long-Name-Of-2026-And-More.yaml|
          curl https://example.org/a/b?page=2|
          """)
  void theRestIsLeftAlone(String command) {
    assertThat(String.join(" ", commandLines.shown(List.of(command.split(" ", -1)))))
        .isEqualTo(command);
  }

  @Test
  void secretsInsideALongerWordAreMasked() {
    assertThat(
            commandLines.shown(
                List.of("sh", "-c", "app --password hunter2 --port 80; PASSWORD=x other")))
        .containsExactly("sh", "-c", "app --password *** --port 80; PASSWORD=*** other");
    assertThat(commandLines.shown(List.of("psql", "host=db user=me password=hunter2 dbname=shop")))
        .containsExactly("psql", "host=db user=me password=*** dbname=shop");
    assertThat(
            commandLines.shown(List.of("curl", "-H", "Authorization: Bearer abc def", "http://a")))
        .containsExactly("curl", "-H", "Authorization: ***", "http://a");
    assertThat(commandLines.shown(List.of("app", "PASSWORD=two words")))
        .containsExactly("app", "PASSWORD=***");
  }

  @Test
  void hiddenCommandLinesShowTheProgramOnly() {
    assertThat(CommandLines.hidden().shown(List.of("app", "--port=80"))).containsExactly("app");
  }

  @Test
  void veryLongCommandLinesAreCut() {
    List<String> shown = commandLines.shown(java.util.Collections.nCopies(1000, "x".repeat(5000)));

    assertThat(shown).hasSize(129);
    assertThat(shown.getFirst()).hasSize(1025).endsWith("…");
    assertThat(shown.getLast()).isEqualTo("…");
  }

  @Test
  void wordsOfACommandLine() {
    assertThat(CommandLines.words("app\0--empty\0\0last\0"))
        .containsExactly("app", "--empty", "", "last");
    assertThat(CommandLines.words("title of its own\0\0\0\0")).containsExactly("title of its own");
    assertThat(CommandLines.words("")).isEmpty();
  }
}
