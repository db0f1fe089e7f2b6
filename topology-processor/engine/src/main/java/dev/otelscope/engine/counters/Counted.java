package dev.otelscope.engine.counters;

import java.util.Locale;

/// Everything that can become of a request or a point, which is a data point or a log record that a
/// dialect has a use for. Two balances hold once the queues are empty:
///
/// ```
/// points read  = taken + unusable + empty + over limit + refused
/// points taken = applied + duplicate + too late + unknown entity + dropped
/// ```
///
/// where each side's terms are the constants with that [#family].
public enum Counted {
  REQUEST_ACCEPTED("requests"),
  REQUEST_PARTIAL("requests"),
  REQUEST_REFUSED("requests"),
  REQUEST_MALFORMED("requests"),
  /// A signal that no dialect reads yet.
  REQUEST_UNREAD("requests"),

  /// A metric that no dialect has a use for; its points are not looked at.
  METRIC_UNUSED("metrics"),

  /// A log record that no dialect has a use for.
  RECORD_UNUSED("records"),

  POINT_READ("read"),

  POINT_TAKEN("received"),
  /// It lacks an attribute that it needs, or has one that cannot be read.
  POINT_UNUSABLE("received"),
  /// It says that there is no value, which is fine and nothing more.
  POINT_EMPTY("received"),
  /// It would begin a flow or an entity beyond a limit.
  POINT_OVER_LIMIT("received"),
  /// Its request was refused whole.
  POINT_REFUSED("received"),

  POINT_APPLIED("taken"),
  /// The same or a newer point of the series was there before.
  POINT_DUPLICATE("taken"),
  /// So old that what it adds can no longer be told from what was counted, or of a probe that
  /// another one has taken over from.
  POINT_LATE("taken"),
  /// A measurement of an entity that nobody described.
  POINT_UNKNOWN_ENTITY("taken"),
  /// A limit was reached between the answer to the request and the point's turn.
  POINT_DROPPED("taken"),

  /// A connection series that was silent for too long.
  SERIES_EXPIRED("expired"),
  ENTITY_EXPIRED("expired"),
  EDGE_EXPIRED("expired"),
  LISTENER_EXPIRED("expired"),
  /// A name that nobody has said any more.
  NAME_EXPIRED("expired"),

  /// An end of a flow whose address several live entities hold, and that nothing tells apart.
  ADDRESS_AMBIGUOUS("resolution");

  private final String family;

  Counted(String family) {
    this.family = family;
  }

  /// Constants of one family add up to a whole: the name of that whole.
  public String family() {
    return family;
  }

  /// Value of the `outcome` label in `/metrics`.
  public String outcome() {
    return name().substring(name().indexOf('_') + 1).toLowerCase(Locale.ROOT);
  }
}
