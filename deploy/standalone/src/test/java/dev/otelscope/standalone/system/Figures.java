package dev.otelscope.standalone.system;

import com.fasterxml.jackson.databind.JsonNode;
import dev.otelscope.standalone.kit.Api;
import dev.otelscope.standalone.testbed.RemoteTalker;
import java.util.Optional;

/// What is known about the connections from one process to another.
///
/// @param active held now
/// @param opened since the edge was first seen
/// @param sent bytes from client to server since then
/// @param received bytes from server to client since then
record Figures(long active, long opened, long sent, long received) {

  /// What the map says.
  static Optional<Figures> onTheMap(Api api, RemoteTalker client, RemoteTalker server) {
    return api.view("processes", "system=show").edge(client.pid(), server.pid()).map(Figures::of);
  }

  private static Figures of(JsonNode edge) {
    return new Figures(
        edge.at("/connections/active").asLong(),
        edge.at("/totals/opened").asLong(),
        edge.at("/totals/bytesSent").asLong(),
        edge.at("/totals/bytesReceived").asLong());
  }

  /// What the client did, all its connections being still open.
  static Figures done(RemoteTalker client) {
    RemoteTalker.Totals totals = client.totals();
    return new Figures(totals.opened(), totals.opened(), totals.sent(), totals.received());
  }

  Figures plus(Figures more) {
    return new Figures(
        active + more.active, opened + more.opened, sent + more.sent, received + more.received);
  }

  Figures minus(Figures less) {
    return new Figures(
        active - less.active, opened - less.opened, sent - less.sent, received - less.received);
  }
}
