package dev.otelscope.query.live;

import com.linecorp.armeria.common.HttpData;
import java.util.List;
import java.util.concurrent.CompletionStage;

/// Where a stream's bytes go. All methods are called on the views' thread and return at once.
public interface Outlet {

  /// Hands over data in order. They are shared between streams.
  void write(List<HttpData> data);

  /// Completes, on any thread, when everything written so far was taken by the connection.
  CompletionStage<Void> whenTaken();

  void close();
}
