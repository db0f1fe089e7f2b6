package dev.otelscope.views;

import java.util.regex.Pattern;

/// The name of a container's image without what changes from build to build.
///
/// | said | `repository` | `last` |
/// |---|---|---|
/// | `postgres:17` | `postgres` | `postgres` |
/// | `registry.example:5000/shop/cart:1.2` | `registry.example:5000/shop/cart` | `cart` |
/// | `ghcr.io/shop/cart@sha256:5d4c…` | `ghcr.io/shop/cart` | `cart` |
///
/// @param repository what tells the image from others, empty when it is not known
/// @param last its last word, which says what it is
public record ImageName(String repository, String last) {
  private static final Pattern DIGEST = Pattern.compile("@.*$");
  private static final Pattern TAG = Pattern.compile(":[^/]*$");
  private static final Pattern PAUSE = Pattern.compile("(mirrored-)?pause(-[a-z0-9]+)?");

  public static ImageName of(String said) {
    String repository = TAG.matcher(DIGEST.matcher(said).replaceFirst("")).replaceFirst("");
    return new ImageName(repository, repository.substring(repository.lastIndexOf('/') + 1));
  }

  /// Whether its containers do nothing but hold a pod's namespaces.
  public boolean isPause() {
    return PAUSE.matcher(last).matches();
  }
}
