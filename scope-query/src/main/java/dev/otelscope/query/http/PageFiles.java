package dev.otelscope.query.http;

import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import com.linecorp.armeria.server.file.FileService;
import com.linecorp.armeria.server.file.HttpVfs;

/// The page's files, which are on the class path.
///
/// The page keeps its state in the query string, so it has one path, `/`. Files below `/assets/`
/// have a hash of their content in their names and may be kept for ever; the others are asked for
/// again each time, which costs a 304. Serves whatever path nobody else has, so it also says that
/// there is nothing at the others.
public final class PageFiles implements HttpService {
  private static final String ROOT = "/dev/otelscope/page";
  private static final String FOR_EVER = "public, max-age=31536000, immutable";
  private static final String ASK_AGAIN = "no-cache";
  private static final String NO_PAGE =
      "OTel Scope answers, but this build has no page in it. The API is at /api/v1/views.\n";

  private final ClassLoader classes;
  private final HttpService assets;
  private final HttpService others;

  /// @param classes whose class path has the page, if it is there
  public PageFiles(ClassLoader classes) {
    this.classes = classes;
    assets = files(classes, FOR_EVER);
    others = files(classes, ASK_AGAIN);
  }

  private static HttpService files(ClassLoader classes, String cacheControl) {
    return FileService.builder(HttpVfs.of(classes, ROOT)).cacheControl(cacheControl).build();
  }

  @Override
  public HttpResponse serve(ServiceRequestContext ctx, HttpRequest request) throws Exception {
    if (request.method() != HttpMethod.GET && request.method() != HttpMethod.HEAD) {
      throw new ProblemException(Problem.methodNotAllowed(request.method().name()));
    }
    String path = ctx.path();
    if (!exists(path.equals("/") ? "/index.html" : path)) {
      if (path.equals("/")) {
        return HttpResponse.of(HttpStatus.OK, MediaType.PLAIN_TEXT_UTF_8, NO_PAGE);
      }
      throw new ProblemException(Problem.nothingAt(path));
    }
    return (path.startsWith("/assets/") ? assets : others).serve(ctx, request);
  }

  private boolean exists(String path) {
    return classes.getResource(ROOT.substring(1) + path) != null;
  }
}
