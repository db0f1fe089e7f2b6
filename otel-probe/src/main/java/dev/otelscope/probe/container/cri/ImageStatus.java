package dev.otelscope.probe.container.cri;

import java.util.ArrayList;
import java.util.List;

/// What CRI says of an image. What it does not say is empty.
///
/// @param tags `name:tag`
/// @param digests `name@sha256:…`
record ImageStatus(String id, List<String> tags, List<String> digests) {

  ImageStatus {
    tags = List.copyOf(tags);
    digests = List.copyOf(digests);
  }

  /// Reads an `ImageStatusResponse`, which has no image when there is none.
  static ImageStatus read(byte[] response) throws MalformedMessageException {
    String id = "";
    List<String> tags = new ArrayList<>();
    List<String> digests = new ArrayList<>();
    MessageReader reader = new MessageReader(response);
    while (reader.next()) {
      if (reader.field() != 1) {
        continue;
      }
      MessageReader image = reader.message();
      while (image.next()) {
        switch (image.field()) {
          case 1 -> id = image.text();
          case 2 -> tags.add(image.text());
          case 3 -> digests.add(image.text());
          default -> {
            // size, user
          }
        }
      }
    }
    return new ImageStatus(id, tags, digests);
  }
}
