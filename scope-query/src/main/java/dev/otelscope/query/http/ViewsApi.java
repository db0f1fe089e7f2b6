package dev.otelscope.query.http;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.QueryParams;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.server.annotation.Get;
import com.linecorp.armeria.server.annotation.Param;
import dev.otelscope.query.json.Json;
import dev.otelscope.query.live.LiveViews;
import dev.otelscope.views.Selector;
import dev.otelscope.views.ViewDefinition;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// The list of views, and a view as it is now.
public final class ViewsApi {
  private final LiveViews views;
  private final ViewParameters parameters;

  public ViewsApi(LiveViews views, List<ViewDefinition> catalogue) {
    this.views = views;
    this.parameters = new ViewParameters(catalogue);
  }

  @Get("/api/v1/views")
  public CompletableFuture<HttpResponse> list(QueryParams query) {
    ViewParameters.none(query);
    return views.listing().thenApply(Answers::json);
  }

  @Get("/api/v1/views/{view}")
  public CompletableFuture<HttpResponse> view(
      @Param("view") String viewId, QueryParams query, HttpRequest request) {
    ViewDefinition view = parameters.view(viewId);
    Selector selector = parameters.selector(view, query);
    return views.view(view, selector).thenApply(answer -> whole(viewId, answer, request));
  }

  private static HttpResponse whole(String viewId, LiveViews.Answer answer, HttpRequest request) {
    // Weak, because the same view may be sent compressed or not.
    String tag = "W/\"" + answer.revision() + (answer.stale() ? "-stale" : "") + "\"";
    ResponseHeaders headers =
        ResponseHeaders.builder(HttpStatus.OK)
            .contentType(MediaType.JSON_UTF_8)
            .set(HttpHeaderNames.ETAG, tag)
            .set(HttpHeaderNames.CACHE_CONTROL, "no-cache")
            .build();
    if (Answers.matches(request, tag)) {
      return HttpResponse.of(headers.toBuilder().status(HttpStatus.NOT_MODIFIED).build());
    }
    HttpData name = Json.data(json -> json.writeString(viewId));
    return HttpResponse.of(
        headers,
        HttpData.ofUtf8("{\"view\":"),
        name,
        HttpData.ofUtf8(",\"stale\":" + answer.stale()),
        answer.fields());
  }
}
