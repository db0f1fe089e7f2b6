package dev.otelscope.query;

import dev.otelscope.views.ViewDefinition;
import dev.otelscope.views.runtime.ContainersByHostnameView;
import dev.otelscope.views.runtime.ContainersByImageView;
import dev.otelscope.views.runtime.ContainersView;
import dev.otelscope.views.runtime.HostsView;
import dev.otelscope.views.runtime.PodsView;
import dev.otelscope.views.runtime.ProcessesByNameView;
import dev.otelscope.views.runtime.ProcessesView;
import java.util.List;

/// The views that there are.
final class ViewCatalogue {

  /// In the order in which they are listed, which is from fine to coarse: an entity is linked to as
  /// the node that it is in the first view that shows it. A new view is a line here.
  static final List<ViewDefinition> VIEWS =
      List.of(
          new ProcessesView(),
          new ProcessesByNameView(),
          new ContainersView(),
          new ContainersByImageView(),
          new ContainersByHostnameView(),
          new PodsView(),
          new HostsView());

  private ViewCatalogue() {}
}
