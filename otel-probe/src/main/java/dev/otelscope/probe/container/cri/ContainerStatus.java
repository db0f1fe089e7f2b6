package dev.otelscope.probe.container.cri;

import dev.otelscope.probe.container.ContainerState;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/// What CRI says of one container. What it does not say is empty or 0.
///
/// @param attempt how often it was started before, in its pod
/// @param image what whoever made the container called the image
/// @param imageReference by which the runtime knows it
/// @param pid of its first process, as the runtime sees it; 0 while it has none
record ContainerStatus(
    String id,
    String name,
    long attempt,
    ContainerState state,
    String image,
    String imageReference,
    Map<String, String> labels,
    int pid) {

  ContainerStatus {
    labels = Map.copyOf(labels);
  }

  /// Reads a verbose `ContainerStatusResponse`.
  static ContainerStatus read(byte[] response) throws IOException {
    Reading reading = new Reading();
    Map<String, String> info = new HashMap<>();
    MessageReader reader = new MessageReader(response);
    while (reader.next()) {
      switch (reader.field()) {
        case 1 -> reading.status(reader.message());
        case 2 -> reader.entry(info);
        default -> {
          // unknown
        }
      }
    }
    return reading.done(VerboseInfo.read(info).number("pid"));
  }

  private static final class Reading {
    private final Map<String, String> labels = new HashMap<>();
    private String id = "";
    private String name = "";
    private long attempt;
    private ContainerState state = ContainerState.CREATED;
    private String image = "";
    private String imageReference = "";
    private String imageId = "";

    void status(MessageReader reader) throws MalformedMessageException {
      while (reader.next()) {
        switch (reader.field()) {
          case 1 -> id = reader.text();
          case 2 -> metadata(reader.message());
          case 3 -> state = stateOf(reader.number());
          case 8 -> image(reader.message());
          case 9 -> imageReference = reader.text();
          case 12 -> reader.entry(labels);
          case 17 -> imageId = reader.text();
          default -> {
            // times, mounts, resources
          }
        }
      }
    }

    private void metadata(MessageReader reader) throws MalformedMessageException {
      while (reader.next()) {
        switch (reader.field()) {
          case 1 -> name = reader.text();
          case 2 -> attempt = reader.number();
          default -> {
            // unknown
          }
        }
      }
    }

    /// What the user wrote is better than what it was resolved to.
    private void image(MessageReader reader) throws MalformedMessageException {
      String resolved = "";
      String written = "";
      while (reader.next()) {
        switch (reader.field()) {
          case 1 -> resolved = reader.text();
          case 18 -> written = reader.text();
          default -> {
            // unknown
          }
        }
      }
      image = written.isEmpty() ? resolved : written;
    }

    /// CRI's numbers; what it does not know itself is over.
    private static ContainerState stateOf(long number) {
      return switch ((int) number) {
        case 0 -> ContainerState.CREATED;
        case 1 -> ContainerState.RUNNING;
        default -> ContainerState.EXITED;
      };
    }

    ContainerStatus done(int pid) {
      return new ContainerStatus(
          id,
          name,
          attempt,
          state,
          image,
          imageId.isEmpty() ? imageReference : imageId,
          labels,
          state == ContainerState.RUNNING ? Math.max(0, pid) : 0);
    }
  }
}
