package dev.otelscope.engine.observation;

import static java.util.Objects.requireNonNull;

import dev.otelscope.model.AttributeValue;
import dev.otelscope.model.EntityId;
import dev.otelscope.model.IpAddress;
import dev.otelscope.model.Listener;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// One fact that a producer stated. Each is understood alone and in any order.
public sealed interface Observation {

  /// `otelscope.host.id` of the producer.
  String host();

  /// How many data points or log records it stands for in the counts of points.
  default int points() {
    return 1;
  }

  /// A number about connections, seen from one end.
  ///
  /// @param cause of a failure (`error.type`), else empty
  record ConnectionSeen(Side side, Figure figure, String cause, Reading reading)
      implements Observation {
    public ConnectionSeen {
      requireNonNull(side, "side");
      requireNonNull(figure, "figure");
      requireNonNull(cause, "cause");
      requireNonNull(reading, "reading");
    }

    @Override
    public String host() {
      return side.host();
    }
  }

  /// Some connections of a series, by the client's port as the server's kernel sees it; everything
  /// else of them is in the flow. Says more about a point that is told, too, so it stands for none.
  ///
  /// @param open whether they are open at that time; else they were opened shortly before
  /// @param clientPorts each once
  /// @param timeNanos of the point
  record ConnectionsSampled(Side side, boolean open, List<Integer> clientPorts, long timeNanos)
      implements Observation {
    public ConnectionsSampled {
      requireNonNull(side, "side");
      clientPorts = List.copyOf(clientPorts);
    }

    @Override
    public String host() {
      return side.host();
    }

    @Override
    public int points() {
      return 0;
    }
  }

  /// Facts about entities and producers, which concern no flow.
  sealed interface EntityObservation extends Observation {}

  /// An entity is there. Said once for all points of its resource, so it stands for none itself.
  ///
  /// @param startNanos the latest start of a series of it, 0 when none was said
  /// @param timeNanos the latest time of a point of it
  record EntitySeen(Description description, long startNanos, long timeNanos)
      implements EntityObservation {
    public EntitySeen {
      requireNonNull(description, "description");
    }

    @Override
    public String host() {
      return description.host();
    }

    @Override
    public int points() {
      return 0;
    }
  }

  /// What a resource says of its entity.
  ///
  /// @param networkNamespace that it lives in, empty when not said
  /// @param attributes descriptive ones; identity included
  record Description(
      EntityId id, String host, String networkNamespace, Map<String, AttributeValue> attributes) {
    public Description {
      requireNonNull(id, "id");
      requireNonNull(host, "host");
      requireNonNull(networkNamespace, "networkNamespace");
      attributes = Map.copyOf(attributes);
    }
  }

  /// A number about an entity besides its connections.
  record MeasurementSeen(EntityId entity, String host, Subject subject, Reading reading)
      implements EntityObservation {
    public MeasurementSeen {
      requireNonNull(entity, "entity");
      requireNonNull(host, "host");
      requireNonNull(subject, "subject");
      requireNonNull(reading, "reading");
    }
  }

  /// What is measured.
  ///
  /// @param unit UCUM
  /// @param monotonic whether the value only grows, so that a rate can be made of it
  record Subject(String metric, Map<String, String> attributes, String unit, boolean monotonic) {
    public Subject {
      requireNonNull(metric, "metric");
      requireNonNull(unit, "unit");
      attributes = Map.copyOf(attributes);
    }
  }

  /// An entity has sockets that wait for connections.
  ///
  /// @param reading how many; 0 or less: it no longer has
  record ListenerSeen(EntityId entity, String host, Listener listener, Reading reading)
      implements EntityObservation {
    public ListenerSeen {
      requireNonNull(entity, "entity");
      requireNonNull(host, "host");
      requireNonNull(listener, "listener");
      requireNonNull(reading, "reading");
    }
  }

  /// A probe is alive, and this is how much it sees.
  ///
  /// @param tier 1 is best; 0 when not said
  /// @param reason why not a better one; empty when there is none
  /// @param startNanos when that probe started, since 1970; 0 when not said
  /// @param intervalSeconds between its exports; 0 when not said
  record ProbeHeard(
      String host, int tier, String reason, long startNanos, double intervalSeconds, long timeNanos)
      implements EntityObservation {
    public ProbeHeard {
      requireNonNull(host, "host");
      requireNonNull(reason, "reason");
    }
  }

  /// A probe could not see some events.
  record EventsLost(String host, String reason, Reading reading) implements EntityObservation {
    public EventsLost {
      requireNonNull(host, "host");
      requireNonNull(reason, "reason");
      requireNonNull(reading, "reading");
    }
  }

  /// Somebody on a host was told that a name has these addresses.
  ///
  /// @param namespace network namespace that the answer came to
  /// @param sinceNanos when that was said first, since 1970
  record NameSeen(
      String host, String namespace, String name, Set<IpAddress> addresses, long sinceNanos)
      implements EntityObservation {
    public NameSeen {
      requireNonNull(host, "host");
      requireNonNull(namespace, "namespace");
      requireNonNull(name, "name");
      addresses = Set.copyOf(addresses);
    }
  }
}
