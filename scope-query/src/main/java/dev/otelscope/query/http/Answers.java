package dev.otelscope.query.http;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import java.util.regex.Pattern;

/// What answers have in common.
final class Answers {
  private Answers() {}

  /// An answer that may be different the next moment.
  static HttpResponse json(HttpData json) {
    ResponseHeaders headers =
        ResponseHeaders.builder(HttpStatus.OK)
            .contentType(MediaType.JSON_UTF_8)
            .set(HttpHeaderNames.CACHE_CONTROL, "no-store")
            .build();
    return HttpResponse.of(headers, json);
  }

  /// Whether the client says that it holds the version with this entity tag.
  static boolean matches(HttpRequest request, String tag) {
    String held = request.headers().get(HttpHeaderNames.IF_NONE_MATCH);
    if (held == null) {
      return false;
    }
    return Pattern.compile(",")
        .splitAsStream(held)
        .map(String::strip)
        .anyMatch(each -> each.equals(tag) || each.equals("*"));
  }
}
