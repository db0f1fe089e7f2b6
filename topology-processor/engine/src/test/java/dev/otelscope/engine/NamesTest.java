package dev.otelscope.engine;

import static dev.otelscope.engine.ProbeRequest.Connections.client;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.otelscope.engine.IngestOutcome.Accepted;
import dev.otelscope.engine.IngestOutcome.Partial;
import dev.otelscope.engine.counters.Counted;
import dev.otelscope.model.AttributeNames;
import dev.otelscope.model.Entity;
import dev.otelscope.model.EntityId;
import dev.otelscope.model.EntityType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Names that probes heard name servers give to addresses.
class NamesTest {
  private static final String SERVER = "203.0.113.7";

  @RegisterExtension private final EngineRig rig = new EngineRig();

  @Test
  void anAddressIsCalledWhatAnyHostWasTold() {
    rig.send(new NameRequest("h2").answer("api.example", 1, SERVER, "203.0.113.8"));

    connect("h1", "global");

    assertThat(name(address("global"))).isEqualTo("api.example");
  }

  @Test
  void aNameThatComesAfterTheConnectionIsShown() {
    connect("h1", "global");
    assertThat(name(address("global"))).isEmpty();

    rig.send(new NameRequest("h1").answer("api.example", 1, SERVER));

    assertThat(name(address("global"))).isEqualTo("api.example");
  }

  @Test
  void anAddressOfOneHostIsCalledWhatThatHostWasTold() {
    rig.send(new NameRequest("h1").answer("mine.example", 2, SERVER));
    rig.send(new NameRequest("h2").answer("other.example", 1, SERVER));

    connect("h1", "host");

    assertThat(name(address("h1"))).isEqualTo("mine.example");
  }

  @Test
  void ofSeveralNamesTheFirstThatWasAnsweredIsShownAndAllAreKept() {
    connect("h1", "global");
    rig.send(new NameRequest("h1").answer("late.example", 20, SERVER));
    rig.send(new NameRequest("h1").answer("early.example", 10, SERVER));

    Entity server = entity(address("global"));

    assertThat(server.text(AttributeNames.DNS_QUESTION_NAME)).isEqualTo("early.example");
    assertThat(server.text(AttributeNames.DNS_NAMES)).contains("early.example", "late.example");
  }

  @Test
  void aNameIsForgottenWhenNobodySaysItAnyMore() {
    rig.send(new NameRequest("h1").answer("api.example", 1, SERVER));
    for (int i = 0; i < 4; i++) {
      connect("h1", "global");
      rig.advance(Duration.ofSeconds(25));
    }
    connect("h1", "global");

    assertThat(name(address("global"))).isEmpty();
    assertThat(rig.engine().counters().of(Counted.NAME_EXPIRED)).isEqualTo(1);
  }

  @Test
  void aNameThatIsSaidAgainStays() {
    for (int i = 0; i < 4; i++) {
      rig.send(new NameRequest("h1").answer("api.example", 1, SERVER));
      connect("h1", "global");
      rig.advance(Duration.ofSeconds(30));
    }

    assertThat(name(address("global"))).isEqualTo("api.example");
  }

  @Test
  void anAnswerWithoutAddressesIsRejectedAndOtherRecordsAreCounted() {
    IngestOutcome outcome =
        rig.send(new NameRequest("h1").answer("api.example", 1, "nowhere").event("other"));

    assertThat(outcome).isInstanceOf(Partial.class);
    assertThat(((Partial) outcome).reason()).contains("dns.answers");
    assertThat(rig.engine().counters().of(Counted.RECORD_UNUSED)).isEqualTo(1);
  }

  @Test
  void namesBeyondTheLimitAreRejectedAndKnownOnesAreNot() {
    EngineConfig.Limits limits = new EngineConfig.Limits(10, 100, 2, 64, 100);
    EngineRig small = new EngineRig(EngineConfig.DEFAULTS.withShards(1).withLimits(limits));
    small.send(new NameRequest("h1").answer("api.example", 1, SERVER, "203.0.113.8"));
    small.graph();

    assertThat(small.send(new NameRequest("h1").answer("new.example", 1, SERVER)))
        .isInstanceOf(Partial.class);
    assertThat(small.send(new NameRequest("h1").answer("api.example", 1, SERVER)))
        .isEqualTo(new Accepted(1));
    small.check();
  }

  /// Law 2 for names: whatever the order in which they and the connections come, and however often,
  /// the settled graph is the same. The seed is the number of the repetition.
  @RepeatedTest(20)
  void theOrderOfNamesAndConnectionsDoesNotMatter(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    List<Runnable> mail = new ArrayList<>();
    for (String name : List.of("a.example", "b.example", "c.example")) {
      for (String host : List.of("h1", "h2")) {
        long since = name.charAt(0) * 10L + host.charAt(1);
        Runnable said = () -> rig.send(new NameRequest(host).answer(name, since, SERVER));
        mail.addAll(List.of(said, said));
      }
    }
    mail.add(() -> connect("h1", "global"));
    mail.add(() -> connect("h2", "host"));
    Collections.shuffle(mail, random);

    mail.forEach(letter -> {
      letter.run();
      rig.advance(Duration.ofMillis(random.nextInt(600)));
    });

    assertThat(name(address("global"))).isEqualTo("a.example");
    assertThat(entity(address("global")).text(AttributeNames.DNS_NAMES))
        .isEqualTo(entity(address("h2")).text(AttributeNames.DNS_NAMES));
  }

  private void connect(String host, String reach) {
    long now = rig.now();
    rig.send(
        new ProbeRequest()
            .process(host, 10)
            .active(client("10.0.0.1", SERVER, 443).reach(reach), now - 1, now, 1));
  }

  private static EntityId address(String where) {
    return EntityId.of(EntityType.ADDRESS, where, SERVER);
  }

  private Entity entity(EntityId id) {
    assertThat(rig.graph().entities()).containsKey(id);
    return requireNonNull(rig.graph().entities().get(id));
  }

  private String name(EntityId id) {
    return entity(id).text(AttributeNames.DNS_QUESTION_NAME);
  }
}
