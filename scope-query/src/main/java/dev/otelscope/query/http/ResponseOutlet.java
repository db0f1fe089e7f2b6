package dev.otelscope.query.http;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpResponseWriter;
import dev.otelscope.query.live.Outlet;
import java.util.List;
import java.util.concurrent.CompletionStage;

/// The response of a streaming request. What is written after the client has gone is dropped.
final class ResponseOutlet implements Outlet {
  private final HttpResponseWriter response;

  ResponseOutlet(HttpResponseWriter response) {
    this.response = response;
  }

  @Override
  public void write(List<HttpData> data) {
    for (HttpData part : data) {
      if (!response.tryWrite(part)) {
        return;
      }
    }
  }

  @Override
  public CompletionStage<Void> whenTaken() {
    return response.whenConsumed();
  }

  @Override
  public void close() {
    response.close();
  }
}
