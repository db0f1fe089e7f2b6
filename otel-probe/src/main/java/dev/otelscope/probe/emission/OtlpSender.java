package dev.otelscope.probe.emission;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.common.export.Compressor;
import io.opentelemetry.sdk.common.export.HttpResponse;
import io.opentelemetry.sdk.common.export.HttpSender;
import io.opentelemetry.sdk.common.export.HttpSenderConfig;
import io.opentelemetry.sdk.common.export.MessageWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URL;
import java.time.Instant;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/// Posts OTLP with the JDK's own small HTTP client: the SDK's default one costs some ten megabytes
/// of memory. One request at a time, on a thread of its own, over a connection that is kept.
final class OtlpSender implements HttpSender {
  private static final int LONGEST_ANSWER = 64 * 1024;

  private final HttpSenderConfig config;
  private final URL endpoint;
  private final Answers answers;
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          task -> Thread.ofPlatform().daemon().name("probe-export").unstarted(task));
  private final ByteArrayOutputStream body = new ByteArrayOutputStream();
  private final Gzip gzip = new Gzip();

  OtlpSender(HttpSenderConfig config, Answers answers) {
    this.config = config;
    this.answers = answers;
    try {
      this.endpoint = config.getEndpoint().toURL();
    } catch (IOException e) {
      throw new IllegalArgumentException("cannot send to " + config.getEndpoint(), e);
    }
  }

  @Override
  public void send(
      MessageWriter message, Consumer<HttpResponse> onAnswer, Consumer<Throwable> onError) {
    try {
      thread.execute(() -> {
        Answer answer;
        try {
          answer = post(message);
        } catch (IOException | RuntimeException e) {
          answers.refused(Refusal.ofSilence(e, endpoint.getProtocol().equals("https")));
          onError.accept(e);
          return;
        }
        if (answer.isAccepted()) {
          answers.accepted(answer.getResponseBody());
        } else {
          answers.refused(
              Refusal.ofHttp(
                  answer.status, answer.phrase, answer.body, answer.retryAfter, Instant.now()));
        }
        onAnswer.accept(answer);
      });
    } catch (RejectedExecutionException e) {
      onError.accept(e);
    }
  }

  private Answer post(MessageWriter message) throws IOException {
    Compressor compressor = config.getCompressor();
    encode(message, compressor);
    HttpURLConnection connection = (HttpURLConnection) endpoint.openConnection();
    if (connection instanceof HttpsURLConnection secure) {
      SSLContext context = config.getSslContext();
      if (context != null) {
        secure.setSSLSocketFactory(context.getSocketFactory());
      }
    }
    connection.setConnectTimeout(Math.toIntExact(config.getConnectTimeout().toMillis()));
    connection.setReadTimeout(Math.toIntExact(config.getTimeout().toMillis()));
    connection.setRequestMethod("POST");
    connection.setInstanceFollowRedirects(false);
    connection.setDoOutput(true);
    connection.setFixedLengthStreamingMode(body.size());
    connection.setRequestProperty("Content-Type", config.getContentType());
    if (compressor != null) {
      connection.setRequestProperty("Content-Encoding", compressor.getEncoding());
    }
    config
        .getHeadersSupplier()
        .get()
        .forEach(
            (name, values) -> values.forEach(value -> connection.addRequestProperty(name, value)));
    try (OutputStream out = connection.getOutputStream()) {
      body.writeTo(out);
    }
    int status = connection.getResponseCode();
    String phrase = String.valueOf(connection.getResponseMessage());
    return new Answer(
        status, phrase, read(connection, status), connection.getHeaderField("Retry-After"));
  }

  private void encode(MessageWriter message, @Nullable Compressor compressor) throws IOException {
    body.reset();
    if (compressor == null) {
      message.writeMessage(body);
      return;
    }
    boolean isGzip = compressor.getEncoding().equals("gzip");
    try (OutputStream compressed = isGzip ? gzip.compress(body) : compressor.compress(body)) {
      message.writeMessage(compressed);
    }
  }

  /// Reads the answer to its end, or the connection could not be used again.
  private static byte[] read(HttpURLConnection connection, int status) throws IOException {
    try (InputStream in =
        status >= 400 ? connection.getErrorStream() : connection.getInputStream()) {
      return in == null ? new byte[0] : in.readNBytes(LONGEST_ANSWER);
    }
  }

  @Override
  public CompletableResultCode shutdown() {
    thread.shutdownNow();
    CompletableResultCode result = new CompletableResultCode();
    Thread.startVirtualThread(() -> {
      try {
        thread.awaitTermination(1, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      result.succeed();
    });
    return result;
  }

  private static final class Answer implements HttpResponse {
    private final int status;
    private final String phrase;
    private final byte[] body;
    private final @Nullable String retryAfter;

    private Answer(int status, String phrase, byte[] body, @Nullable String retryAfter) {
      this.status = status;
      this.phrase = phrase;
      this.body = body;
      this.retryAfter = retryAfter;
    }

    private boolean isAccepted() {
      return status >= 200 && status < 300;
    }

    @Override
    public int getStatusCode() {
      return status;
    }

    @Override
    public String getStatusMessage() {
      return phrase;
    }

    @Override
    public byte[] getResponseBody() {
      return body;
    }
  }
}
