package dev.otelscope.query.http;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.QueryParams;
import com.linecorp.armeria.server.annotation.Get;
import com.linecorp.armeria.server.annotation.Param;
import dev.otelscope.model.EntityId;
import dev.otelscope.query.details.EdgeDetails;
import dev.otelscope.query.details.NodeDetails;
import dev.otelscope.query.details.Refs;
import dev.otelscope.query.live.LiveViews;
import dev.otelscope.views.EdgeId;
import dev.otelscope.views.ViewDefinition;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/// Details of one node or edge, whatever options hide it.
public final class DetailsApi {
  private final LiveViews views;
  private final ViewParameters parameters;
  private final NodeDetails nodes;
  private final EdgeDetails edges;

  public DetailsApi(LiveViews views, List<ViewDefinition> catalogue) {
    this.views = views;
    parameters = new ViewParameters(catalogue);
    Refs refs = new Refs(catalogue);
    nodes = new NodeDetails(refs);
    edges = new EdgeDetails(refs);
  }

  @Get("/api/v1/views/{view}/nodes/{id}")
  public CompletableFuture<HttpResponse> node(
      @Param("view") String viewId, @Param("id") String id, QueryParams query) {
    ViewDefinition view = parameters.view(viewId);
    ViewParameters.none(query);
    EntityId node = parse(id, EntityId::parse);
    return views
        .inspect(view, (state, points) -> nodes.of(node, state, points))
        .thenApply(found -> answer(found, "node", view, id));
  }

  @Get("/api/v1/views/{view}/edges/{id}")
  public CompletableFuture<HttpResponse> edge(
      @Param("view") String viewId, @Param("id") String id, QueryParams query) {
    ViewDefinition view = parameters.view(viewId);
    ViewParameters.none(query);
    EdgeId edge = parse(id, EdgeId::parse);
    return views
        .inspect(view, (state, points) -> edges.of(edge, state, points))
        .thenApply(found -> answer(found, "edge", view, id));
  }

  private static <T> T parse(String id, Function<String, T> parser) {
    try {
      return parser.apply(id);
    } catch (IllegalArgumentException e) {
      throw ViewParameters.refusal("id", String.valueOf(e.getMessage()));
    }
  }

  private static HttpResponse answer(
      Optional<HttpData> found, String what, ViewDefinition view, String id) {
    return Answers.json(
        found.orElseThrow(() ->
            new ProblemException(
                Problem.of(
                    HttpStatus.NOT_FOUND,
                    "View %s has no %s %s; it may have ended.".formatted(view.id(), what, id)))));
  }
}
