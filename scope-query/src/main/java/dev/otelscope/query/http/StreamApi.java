package dev.otelscope.query.http;

import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpResponseWriter;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.QueryParams;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.server.ServiceRequestContext;
import com.linecorp.armeria.server.annotation.Get;
import com.linecorp.armeria.server.annotation.Param;
import dev.otelscope.model.Revision;
import dev.otelscope.query.live.LiveViews;
import dev.otelscope.query.live.LiveViews.Wanted;
import dev.otelscope.views.ViewDefinition;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// Views as they change: server-sent events.
public final class StreamApi {
  private static final int MAX_VIEWS = 16;

  private final LiveViews views;
  private final ViewParameters parameters;

  public StreamApi(LiveViews views, List<ViewDefinition> catalogue) {
    this.views = views;
    this.parameters = new ViewParameters(catalogue);
  }

  @Get("/api/v1/views/{view}/stream")
  public HttpResponse one(
      ServiceRequestContext ctx,
      @Param("view") String viewId,
      QueryParams query,
      HttpRequest request) {
    ViewDefinition view = parameters.view(viewId);
    Wanted wanted = new Wanted(view, parameters.selector(view, query), viewId);
    return stream(ctx, request, List.of(wanted), false);
  }

  /// @param query each `view` is a view's id with its parameters: `processes?system=show`; without
  ///   any, only the list of views is told
  @Get("/api/v1/stream")
  public HttpResponse several(ServiceRequestContext ctx, QueryParams query, HttpRequest request) {
    query.names().stream()
        .filter(name -> !name.equals("view"))
        .findFirst()
        .ifPresent(name -> {
          throw ViewParameters.refusal(
              name, "There is no parameter '" + name + "' here, only 'view'.");
        });
    List<String> names = query.getAll("view").stream().distinct().toList();
    if (names.size() > MAX_VIEWS) {
      throw ViewParameters.refusal(
          "view",
          "'view' may be given up to " + MAX_VIEWS + " times, not " + names.size() + " times.");
    }
    return stream(ctx, request, names.stream().map(this::wanted).toList(), true);
  }

  private Wanted wanted(String name) {
    int question = name.indexOf('?');
    ViewDefinition view = parameters.view(question < 0 ? name : name.substring(0, question));
    QueryParams options =
        QueryParams.fromQueryString(question < 0 ? "" : name.substring(question + 1));
    return new Wanted(view, parameters.selector(view, options), name);
  }

  private HttpResponse stream(
      ServiceRequestContext ctx, HttpRequest request, List<Wanted> wanted, boolean withListing) {
    ctx.clearRequestTimeout();
    HttpResponseWriter response = HttpResponse.streaming();
    response.write(
        ResponseHeaders.builder(HttpStatus.OK)
            .contentType(MediaType.EVENT_STREAM)
            .set(HttpHeaderNames.CACHE_CONTROL, "no-store")
            .set("x-accel-buffering", "no") // a proxy that buffers would hold events back
            .build());
    LiveViews.Subscription subscription =
        views.stream(wanted, withListing, lastSeen(request), new ResponseOutlet(response));
    CompletableFuture<Void> _ =
        response.whenComplete().whenComplete((_, _) -> subscription.close());
    return response;
  }

  /// An id that is not one of ours is like none: the reader gets a snapshot.
  private static Optional<Revision> lastSeen(HttpRequest request) {
    String id = request.headers().get("last-event-id");
    if (id == null || id.isBlank()) {
      return Optional.empty();
    }
    try {
      return Optional.of(Revision.parse(id.strip()));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
