package shop;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;

/// One connection to PostgreSQL, as user `postgres` without a password, in version 3.0 of its
/// protocol.
final class Database {
  private static final int PROTOCOL = 3 << 16;

  private final DataInputStream input;
  private final DataOutputStream output;

  Database(InetSocketAddress address) throws IOException {
    Socket socket = new Socket(address.getAddress(), address.getPort());
    input = new DataInputStream(socket.getInputStream());
    output = new DataOutputStream(socket.getOutputStream());
    byte[] parameters = "user\0postgres\0\0".getBytes(UTF_8);
    output.writeInt(2 * Integer.BYTES + parameters.length);
    output.writeInt(PROTOCOL);
    output.write(parameters);
    output.flush();
    readUntilReady();
  }

  /// The text of the first column of the last row.
  String ask(String query) throws IOException {
    byte[] text = (query + "\0").getBytes(UTF_8);
    ByteArrayOutputStream message = new ByteArrayOutputStream();
    DataOutputStream fields = new DataOutputStream(message);
    fields.writeByte('Q');
    fields.writeInt(Integer.BYTES + text.length);
    fields.write(text);
    message.writeTo(output);
    output.flush();
    return readUntilReady();
  }

  private String readUntilReady() throws IOException {
    String value = "";
    while (true) {
      char kind = (char) input.readByte();
      byte[] body = input.readNBytes(input.readInt() - Integer.BYTES);
      switch (kind) {
        case 'Z' -> {
          return value;
        }
        case 'D' -> value = new String(body, 6, body.length - 6, UTF_8);
        case 'E' -> throw new IOException(new String(body, UTF_8));
        default -> {}
      }
    }
  }
}
