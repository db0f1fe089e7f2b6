package dev.otelscope.probe.container.cri;

import dev.otelscope.probe.container.socket.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The sandbox that the containers of a pod share: its process only keeps their namespaces open, so
/// it is none of the containers. What CRI does not say is empty.
///
/// @param addresses of the pod; none when it uses its host's network
record PodSandbox(
    String podName,
    String podUid,
    String namespace,
    String hostname,
    Map<String, String> labels,
    List<String> addresses) {
  /// Of a container that is in none that is known.
  static final PodSandbox UNKNOWN = new PodSandbox("", "", "", "", Map.of(), List.of());

  PodSandbox {
    labels = Map.copyOf(labels);
    addresses = List.copyOf(addresses);
  }

  /// Reads a verbose `PodSandboxStatusResponse`.
  static PodSandbox read(byte[] response) throws IOException {
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
    return reading.done(VerboseInfo.read(info));
  }

  private static final class Reading {
    private final Map<String, String> labels = new HashMap<>();
    private final List<String> addresses = new ArrayList<>();
    private String name = "";
    private String uid = "";
    private String namespace = "";

    void status(MessageReader reader) throws MalformedMessageException {
      while (reader.next()) {
        switch (reader.field()) {
          case 2 -> metadata(reader.message());
          case 5 -> network(reader.message());
          case 7 -> reader.entry(labels);
          default -> {
            // state, times, namespaces
          }
        }
      }
    }

    private void metadata(MessageReader reader) throws MalformedMessageException {
      while (reader.next()) {
        switch (reader.field()) {
          case 1 -> name = reader.text();
          case 2 -> uid = reader.text();
          case 3 -> namespace = reader.text();
          default -> {
            // attempts to make the sandbox
          }
        }
      }
    }

    private void network(MessageReader reader) throws MalformedMessageException {
      while (reader.next()) {
        switch (reader.field()) {
          case 1 -> address(reader.text());
          case 2 -> {
            MessageReader more = reader.message();
            while (more.next()) {
              if (more.field() == 1) {
                address(more.text());
              }
            }
          }
          default -> {
            // unknown
          }
        }
      }
    }

    private void address(String address) {
      if (!address.isEmpty()) {
        addresses.add(address);
      }
    }

    PodSandbox done(JsonObject info) {
      String hostname = info.object("runtimeSpec").text("hostname");
      return new PodSandbox(
          name,
          uid,
          namespace,
          hostname.isEmpty() ? info.object("config").text("hostname") : hostname,
          labels,
          addresses);
    }
  }
}
