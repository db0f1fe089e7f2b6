package dev.otelscope.otlp;

import static java.util.Objects.checkFromIndexSize;

/// Reads `ExportLogsServiceRequest` from its protobuf bytes. Reused from message to message, by one
/// thread. What [MetricsReader] says of order, repetition and memory is true of it, too.
public final class LogsReader {
  private static final int RESOURCE_LOGS = 1 << 3 | WireReader.LENGTH;

  private final WireReader in = new WireReader();
  private final MessageCheck check;
  private final ResourceHeader resource;
  private final ScopeHeader scope;
  private final LogRecord log;

  public LogsReader(OtlpLimits limits) {
    TextCache cache = new TextCache();
    check = new MessageCheck(limits.nesting());
    resource = new ResourceHeader(OtlpSchema.RESOURCE_LOGS, limits, check, cache);
    scope = new ScopeHeader(OtlpSchema.SCOPE_LOGS, check, cache);
    log = new LogRecord(limits, check, cache);
  }

  /// Reads a message that fills the array. See [#read(byte\[\], int, int, LogsHandler)].
  public void read(byte[] message, LogsHandler handler) throws MalformedOtlpException {
    read(message, 0, message.length, handler);
  }

  /// Reads a message and tells `handler` of it. An empty message is a valid one.
  ///
  /// @throws MalformedOtlpException when the bytes are not such a message; the handler has then
  ///   heard of what stands before that place, so whoever accepts a message whole or not at all
  ///   must hold back what it hears until this method returns
  public void read(byte[] bytes, int offset, int length, LogsHandler handler)
      throws MalformedOtlpException {
    checkFromIndexSize(offset, length, bytes.length);
    in.reset(bytes, offset, length);
    check.reset();
    while (in.hasMore()) {
      int tag = in.tag();
      if (tag == RESOURCE_LOGS) {
        int outer = in.enter();
        readResourceLogs(handler);
        in.leave(outer);
      } else {
        check.field(in, OtlpSchema.LOGS_REQUEST, tag);
      }
    }
  }

  /// How many attributes a limit left out, cut or emptied since this reader was made.
  public long overLimit() {
    return resource.overLimit() + log.overLimit();
  }

  private void readResourceLogs(LogsHandler handler) throws MalformedOtlpException {
    handler.onResource(resource.read(in));
    while (in.hasMore()) {
      int tag = in.tag();
      if (tag == ResourceHeader.SCOPES) {
        int outer = in.enter();
        readScopeLogs(handler);
        in.leave(outer);
      } else {
        in.skip(tag);
      }
    }
  }

  private void readScopeLogs(LogsHandler handler) throws MalformedOtlpException {
    handler.onScope(scope.read(in));
    while (in.hasMore()) {
      int tag = in.tag();
      if (tag == ScopeHeader.CONTENT) {
        int outer = in.enter();
        log.read(in);
        handler.onRecord(log);
        in.leave(outer);
      } else {
        in.skip(tag);
      }
    }
  }
}
