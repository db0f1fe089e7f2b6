package dev.otelscope.probe.connection;

/// Hears what a scan finds. Objects handed over belong to the listener.
public interface ConnectionListener {

  /// A network namespace is about to be told; all further calls concern it until the next one.
  ///
  /// @param namespace its inode number in decimal, such as `4026531840`
  void namespace(String namespace);

  /// A socket with a peer that is open now, when it is new or not as it was told last.
  void open(Socket socket);

  /// A socket that listens (TCP), or is bound without a peer (UDP).
  void listening(ListeningSocket socket);

  /// A socket that was told by [#open], or that no scan met, is gone.
  void closed(ClosedSocket socket);

  /// Connections came and went that are told neither by [#open] nor by [#closed]: a source that
  /// adds up what no scan met says it all at once.
  void past(PastConnections connections);

  /// Something could not be seen.
  ///
  /// @param reason a short stable name, value of `otelscope.lost.reason`
  /// @param count how many, at least
  void lost(String reason, long count);
}
