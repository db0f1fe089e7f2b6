package dev.otelscope.query.http;

import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.common.util.Exceptions;
import com.linecorp.armeria.server.HttpStatusException;
import com.linecorp.armeria.server.RequestTimeoutException;
import com.linecorp.armeria.server.ServerErrorHandler;
import com.linecorp.armeria.server.ServiceConfig;
import com.linecorp.armeria.server.ServiceRequestContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Turns everything that goes wrong into a [Problem], also what the server finds wrong by itself.
public final class Problems implements ServerErrorHandler {
  private static final Logger LOG = LoggerFactory.getLogger(Problems.class);

  @Override
  public HttpResponse onServiceException(ServiceRequestContext ctx, Throwable cause) {
    return problemOf(ctx, Exceptions.peel(cause)).toResponse().toHttpResponse();
  }

  private static Problem problemOf(ServiceRequestContext ctx, Throwable cause) {
    return switch (cause) {
      case ProblemException known -> known.problem();
      case HttpStatusException known ->
          problemOf(known.httpStatus(), ctx.path(), ctx.method().name());
      case RequestTimeoutException _ ->
          Problem.of(HttpStatus.SERVICE_UNAVAILABLE, "The answer took too long; try again.");
      default -> {
        LOG.error("{} {} failed", ctx.method(), ctx.path(), cause);
        yield Problem.of(
            HttpStatus.INTERNAL_SERVER_ERROR, "This is a mistake of ours; the log says more.");
      }
    };
  }

  @Override
  public AggregatedHttpResponse renderStatus(
      @Nullable ServiceRequestContext ctx,
      ServiceConfig config,
      @Nullable RequestHeaders headers,
      HttpStatus status,
      @Nullable String description,
      @Nullable Throwable cause) {
    String path = headers == null ? "" : headers.path();
    String method = headers == null ? "" : headers.method().name();
    return problemOf(status, path, method).toResponse();
  }

  private static Problem problemOf(HttpStatus status, String path, String method) {
    String where = path.indexOf('?') < 0 ? path : path.substring(0, path.indexOf('?'));
    return switch (status.code()) {
      case 404 -> Problem.nothingAt(where);
      case 405 -> Problem.methodNotAllowed(method);
      case 413 -> Problem.of(status, "The request is too large.");
      default ->
          Problem.of(status, "The request could not be answered: " + status.reasonPhrase() + ".");
    };
  }
}
