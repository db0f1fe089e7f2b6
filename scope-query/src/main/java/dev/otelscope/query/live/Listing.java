package dev.otelscope.query.live;

import com.linecorp.armeria.common.HttpData;
import dev.otelscope.query.json.Json;
import dev.otelscope.query.json.ListingJson;
import dev.otelscope.views.Selector;
import dev.otelscope.views.ViewDefinition;
import dev.otelscope.views.ViewState;
import java.util.ArrayList;
import java.util.List;

/// The list of views with their counts: those in which there is something and, before anything is
/// known, those in which there will be. Belongs to the views' thread.
final class Listing {
  private final OpenViews views;
  private List<Count> counts = List.of();
  private HttpData json = HttpData.empty();
  private long version;

  private record Count(String view, int nodes, int edges, int hidden) {}

  Listing(OpenViews views) {
    this.views = views;
  }

  /// Brings the list up to date; its version grows when a view or a count changed.
  void refresh(long nowNanos) {
    List<ListingJson.Entry> entries = new ArrayList<>();
    boolean isNothingKnown = views.graph().entities().isEmpty();
    for (ViewDefinition view : views.catalogue()) {
      LiveView shown = views.live(view, Selector.defaultsOf(view), nowNanos);
      ViewState state = views.state(view, nowNanos);
      boolean isListed =
          view.isUniversal() ? isNothingKnown || !state.isEmpty() : state.hasOwnNodes();
      if (isListed) {
        entries.add(new ListingJson.Entry(view, shown.current()));
      }
    }
    List<Count> now = entries.stream().map(Listing::count).toList();
    if (version == 0 || !now.equals(counts)) {
      counts = now;
      version++;
      json =
          Json.data(out -> {
            out.writeStartObject();
            out.writeStringField("revision", views.graph().revision().toString());
            ListingJson.write(out, entries);
            out.writeEndObject();
          });
    }
  }

  private static Count count(ListingJson.Entry entry) {
    return new Count(
        entry.view().id(),
        entry.shown().nodes().size(),
        entry.shown().edges().size(),
        entry.shown().hiddenCount());
  }

  /// Grows with each change; 0 before the first [#refresh].
  long version() {
    return version;
  }

  HttpData json() {
    return json;
  }
}
