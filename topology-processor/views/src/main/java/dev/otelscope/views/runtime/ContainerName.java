package dev.otelscope.views.runtime;

import dev.otelscope.model.AttributeNames;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What people call a container: the name that they gave it, without what its runtime put around
/// it. One without a name goes by the first twelve characters of its id, as Docker writes it.
///
/// | said | called |
/// |---|---|
/// | `k8s.container.name` = `cart` | `cart` |
/// | `/shop-cart-1` | `shop-cart-1` |
/// | `k8s_cart_cart-5d4c_shop_<pod uid>_0` | `cart` |
/// | `ecs-shop-3-cart-aceb93e2`, with a label by ECS | `cart` |
final class ContainerName {
  private static final String ECS_NAME =
      AttributeNames.CONTAINER_LABEL_PREFIX + "com.amazonaws.ecs.container-name";
  private static final Pattern BY_KUBELET = Pattern.compile("k8s_([^_]+)_[^_]+_[^_]+_[^_]+_\\d+");
  private static final int SHORT_ID = 12;

  private ContainerName() {}

  static String of(Containment container) {
    String given = container.text(AttributeNames.K8S_CONTAINER_NAME);
    if (given.isEmpty()) {
      given = container.text(ECS_NAME);
    }
    if (given.isEmpty()) {
      given = withoutRuntime(container.text(AttributeNames.CONTAINER_NAME));
    }
    return given.isEmpty() ? shortId(container) : given;
  }

  static String shortId(Containment container) {
    String id = container.id().value(0);
    return id.substring(0, Math.min(SHORT_ID, id.length()));
  }

  private static String withoutRuntime(String name) {
    String plain = name.startsWith("/") ? name.substring(1) : name;
    Matcher matcher = BY_KUBELET.matcher(plain);
    return matcher.matches() ? matcher.group(1) : plain;
  }
}
