package dev.otelscope.query.http;

import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import com.linecorp.armeria.server.SimpleDecoratingHttpService;
import java.net.InetAddress;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/// Refuses requests that a page of somebody else makes a browser send.
///
/// A server on loopback trusts whoever is on this machine. A hostile page can make its own name
/// mean 127.0.0.1 (DNS rebinding) and then reads what it likes, but the browser still says that
/// name in `Host`: only names of loopback are accepted. A page of another origin says so in
/// `Origin`.
public final class HostGuard extends SimpleDecoratingHttpService {
  private final boolean insecure;

  /// @param insecure whether the server may be called by any name
  public HostGuard(HttpService delegate, boolean insecure) {
    super(delegate);
    this.insecure = insecure;
  }

  @Override
  public HttpResponse serve(ServiceRequestContext ctx, HttpRequest request) throws Exception {
    String authority = request.authority();
    if (!insecure && !isLoopback(authority)) {
      return refuse(
          "This server answers to localhost and 127.0.0.1 only, not to '"
              + authority
              + "'; start it with --insecure to be reachable by other names.");
    }
    String origin = request.headers().get("origin");
    if (origin != null && !isFromHere(origin, authority)) {
      return refuse("Pages of '" + origin + "' may not read from this server.");
    }
    return unwrap().serve(ctx, request);
  }

  private boolean isFromHere(String origin, @Nullable String authority) {
    int slashes = origin.indexOf("://");
    String from = slashes < 0 ? origin : origin.substring(slashes + 3);
    return from.equals(authority) || (!insecure && isLoopback(from));
  }

  /// Whether `host[:port]` can only mean this machine.
  static boolean isLoopback(@Nullable String authority) {
    String host = hostOf(authority);
    if (host.equals("localhost") || host.endsWith(".localhost")) {
      return true;
    }
    try {
      return InetAddress.ofLiteral(host).isLoopbackAddress();
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static String hostOf(@Nullable String authority) {
    try {
      String host = URI.create("http://" + authority).getHost();
      return host == null ? "" : host;
    } catch (IllegalArgumentException e) {
      return "";
    }
  }

  private static HttpResponse refuse(String detail) {
    return Problem.of(HttpStatus.FORBIDDEN, detail).toResponse().toHttpResponse();
  }
}
