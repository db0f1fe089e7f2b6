package shop;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;

/// One connection to redis.
final class Cache {
  private final BufferedReader input;
  private final OutputStream output;

  Cache(InetSocketAddress address) throws IOException {
    Socket socket = new Socket(address.getAddress(), address.getPort());
    input = new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII));
    output = socket.getOutputStream();
  }

  /// Adds one to a number and says what it is now.
  String count(String name) throws IOException {
    output.write(("INCR " + name + "\r\n").getBytes(US_ASCII));
    String answer = input.readLine();
    if (answer == null || !answer.startsWith(":")) {
      throw new IOException("redis said " + answer);
    }
    return answer.substring(1);
  }
}
