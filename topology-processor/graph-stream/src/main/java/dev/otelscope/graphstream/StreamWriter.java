package dev.otelscope.graphstream;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpResponseWriter;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.ResponseHeadersBuilder;
import dev.otelscope.graphstream.GraphStreamService.Pace;
import dev.otelscope.model.Revision;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes the stream to one reader, as fast as that one takes it. Blocks, so it runs on a virtual
/// thread of its own.
final class StreamWriter implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(StreamWriter.class);
  private static final byte[] HEARTBEAT = FrameWriter.heartbeat();
  private static final byte[] HEARTBEAT_DEFLATED = Encoded.deflate(HEARTBEAT);
  private static final byte[] GZIP_HEADER = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, (byte) 0xff};
  private static final byte[] LAST_BLOCK = {3, 0};

  private final History history;
  private final Pace pace;
  private final Revision held;
  private final HttpResponseWriter response;
  private final boolean gzip;
  private final CRC32 checksum = new CRC32();
  private long length;

  StreamWriter(
      History history, Pace pace, Revision held, HttpResponseWriter response, boolean gzip) {
    this.history = history;
    this.pace = pace;
    this.held = held;
    this.response = response;
    this.gzip = gzip;
  }

  @Override
  public void run() {
    try {
      begin();
      follow();
    } catch (History.LostException e) {
      LOG.debug("A graph stream ends: {}", e.getMessage());
      end();
    } catch (IOException | InterruptedException e) {
      LOG.debug("A graph stream is cut off: {}", e.getMessage());
      response.abort(e); // closing would wait for what this reader does not take
    }
  }

  private void begin() throws IOException, InterruptedException {
    ResponseHeadersBuilder headers =
        ResponseHeaders.builder(HttpStatus.OK)
            .contentType(GraphStreamService.CBOR_SEQUENCE)
            .set(HttpHeaderNames.CACHE_CONTROL, "no-store")
            .set(HttpHeaderNames.VARY, "accept-encoding");
    if (gzip) {
      headers.set(HttpHeaderNames.CONTENT_ENCODING, "gzip");
    }
    response.write(headers.build());
    if (gzip) {
      send(GZIP_HEADER);
    }
  }

  private void follow() throws History.LostException, IOException, InterruptedException {
    History.Start start = history.start(held);
    byte[] header = FrameWriter.header(start.header());
    item(header, gzip ? Encoded.deflate(header) : header);
    if (start.everything() != null) {
      items(start.everything());
    }
    long position = start.position();
    while (true) {
      @Nullable Encoded change = history.await(position, pace.heartbeat().toNanos());
      if (change == null) {
        item(HEARTBEAT, gzip ? HEARTBEAT_DEFLATED : HEARTBEAT);
      } else {
        items(change);
        position++;
      }
    }
  }

  private void items(Encoded change) throws IOException, InterruptedException {
    List<byte[]> plain = change.plain();
    List<byte[]> sent = gzip ? change.deflated() : plain;
    for (int i = 0; i < plain.size(); i++) {
      item(plain.get(i), sent.get(i));
    }
  }

  private void item(byte[] plain, byte[] sent) throws IOException, InterruptedException {
    if (gzip) {
      checksum.update(plain);
      length += plain.length;
    }
    send(sent);
  }

  private void send(byte[] bytes) throws IOException, InterruptedException {
    if (!response.tryWrite(HttpData.wrap(bytes))) {
      throw new IOException("the reader has gone");
    }
    try {
      response.whenConsumed().get(pace.patience().toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException | CancellationException e) {
      throw new IOException("the reader has gone", e);
    } catch (TimeoutException e) {
      throw new IOException("the reader took longer than " + pace.patience() + " for an item", e);
    }
  }

  private void end() {
    if (gzip) {
      ByteBuffer trailer =
          ByteBuffer.allocate(LAST_BLOCK.length + 8)
              .order(ByteOrder.LITTLE_ENDIAN)
              .put(LAST_BLOCK)
              .putInt((int) checksum.getValue())
              .putInt((int) length);
      if (!response.tryWrite(HttpData.wrap(trailer.array()))) {
        return;
      }
    }
    response.close();
  }
}
