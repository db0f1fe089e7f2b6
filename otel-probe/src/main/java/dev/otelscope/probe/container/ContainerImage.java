package dev.otelscope.probe.container;

import java.util.List;

/// The image that a container was made from. What the runtime does not say is empty.
///
/// @param name without tag and digest, such as `docker.io/library/nginx`
/// @param tags such as `1.29`
/// @param id with its algorithm: `sha256:…`
/// @param digests in repositories: `name@sha256:…`
public record ContainerImage(String name, List<String> tags, String id, List<String> digests) {
  public static final ContainerImage UNKNOWN = new ContainerImage("", List.of(), "", List.of());

  public ContainerImage {
    tags = List.copyOf(tags);
    digests = List.copyOf(digests);
  }

  /// Reads a reference such as `registry:5000/shop/cart:1.4@sha256:…`, whose port is not a tag.
  public static ContainerImage of(String reference, String id) {
    int at = reference.indexOf('@');
    String named = at < 0 ? reference : reference.substring(0, at);
    int colon = named.lastIndexOf(':');
    boolean tagged = colon > named.lastIndexOf('/');
    if (named.equals("sha256") || named.startsWith("sha256:")) {
      return new ContainerImage("", List.of(), id, List.of());
    }
    return new ContainerImage(
        tagged ? named.substring(0, colon) : named,
        tagged ? List.of(named.substring(colon + 1)) : List.of(),
        id,
        at < 0 ? List.of() : List.of(reference));
  }
}
