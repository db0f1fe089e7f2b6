package dev.otelscope.probe.container.cri;

import java.util.ArrayList;
import java.util.List;

/// A container in the list of all of them: what of it may change, and what only the list says.
///
/// @param sandbox id of the pod sandbox that it is in
/// @param state number of CRI's `ContainerState`
record ListedContainer(String id, String sandbox, long state) {

  /// Reads a `ListContainersResponse`.
  static List<ListedContainer> readAll(byte[] response) throws MalformedMessageException {
    List<ListedContainer> containers = new ArrayList<>();
    MessageReader reader = new MessageReader(response);
    while (reader.next()) {
      if (reader.field() == 1) {
        containers.add(read(reader.message()));
      }
    }
    return containers;
  }

  private static ListedContainer read(MessageReader reader) throws MalformedMessageException {
    String id = "";
    String sandbox = "";
    long state = 0;
    while (reader.next()) {
      switch (reader.field()) {
        case 1 -> id = reader.text();
        case 2 -> sandbox = reader.text();
        case 6 -> state = reader.number();
        default -> {
          // asked for one by one
        }
      }
    }
    return new ListedContainer(id, sandbox, state);
  }
}
