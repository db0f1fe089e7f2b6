package dev.otelscope.standalone.system;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// A name server of its own process, for a network namespace: answers over UDP and TCP what its
/// arguments say, and that there is no such name for everything else.
///
/// ```
/// java NameServer api.example=203.0.113.7 www.example=api.example
/// ```
final class NameServer {
  private static final int PORT = 53;
  private static final int HEADER = 12;
  private static final int A = 1;
  private static final int CNAME = 5;
  private static final int AAAA = 28;
  private static final int TTL_SECONDS = 60;
  private static final short OWNER_IS_THE_QUESTION = (short) 0xc00c;

  /// Addresses, or another name, by name.
  private final Map<String, String> zone = new HashMap<>();

  private NameServer(List<String> entries) {
    for (String entry : entries) {
      int equals = entry.indexOf('=');
      zone.put(entry.substring(0, equals), entry.substring(equals + 1));
    }
  }

  public static void main(String[] arguments) throws Exception {
    NameServer server = new NameServer(List.of(arguments));
    // Both families: the wildcard address is that of IPv6, which takes IPv4 as well.
    try (DatagramSocket udp = new DatagramSocket(PORT);
        ServerSocket tcp = new ServerSocket(PORT)) {
      Thread.ofPlatform().daemon().start(() -> server.serve(tcp));
      System.out.println("ready");
      while (true) {
        DatagramPacket question = new DatagramPacket(new byte[512], 512);
        udp.receive(question);
        byte[] answer = server.answer(question.getData());
        udp.send(new DatagramPacket(answer, answer.length, question.getSocketAddress()));
      }
    }
  }

  /// The class path of a program that runs it.
  static String home() {
    try {
      URI place = NameServer.class.getProtectionDomain().getCodeSource().getLocation().toURI();
      return Path.of(place).toString();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private void serve(ServerSocket tcp) {
    while (true) {
      try (Socket client = tcp.accept()) {
        DataInputStream in = new DataInputStream(client.getInputStream());
        DataOutputStream out = new DataOutputStream(client.getOutputStream());
        answerAll(in, out);
      } catch (IOException e) {
        return;
      }
    }
  }

  /// Until the client has asked all that it wanted to.
  private void answerAll(DataInputStream in, DataOutputStream out) throws IOException {
    try {
      while (true) {
        byte[] answer = answer(in.readNBytes(in.readUnsignedShort()));
        ByteBuffer message = ByteBuffer.allocate(answer.length + 2);
        out.write(message.putShort((short) answer.length).put(answer).array());
        out.flush();
      }
    } catch (EOFException e) {
      out.flush();
    }
  }

  private byte[] answer(byte[] request) throws IOException {
    ByteBuffer question = ByteBuffer.wrap(request);
    StringBuilder name = new StringBuilder();
    question.position(HEADER);
    for (int length = question.get(); length > 0; length = question.get()) {
      byte[] label = new byte[length];
      question.get(label);
      name.append(name.isEmpty() ? "" : ".").append(new String(label, US_ASCII));
    }
    int type = question.getShort();
    int questionEnd = question.position() + Short.BYTES;

    ByteBuffer answer = ByteBuffer.allocate(512);
    answer.put(request, 0, questionEnd);
    int records = putRecords(name.toString().toLowerCase(Locale.ROOT), type, answer);
    answer.putShort(2, (short) (records < 0 ? 0x8583 : 0x8580)); // NXDOMAIN, or no error
    answer.putShort(6, (short) Math.max(0, records));
    answer.putInt(8, 0);
    byte[] bytes = new byte[answer.position()];
    answer.get(0, bytes);
    return bytes;
  }

  /// @return how many, -1 when there is no such name
  private int putRecords(String name, int type, ByteBuffer answer) throws IOException {
    String first = zone.get(name);
    if (first == null) {
      return -1;
    }
    Optional<String> alias = Optional.of(first).filter(zone::containsKey);
    short owner = OWNER_IS_THE_QUESTION;
    if (alias.isPresent()) {
      putHead(owner, CNAME, answer);
      int length = answer.position();
      answer.putShort((short) 0);
      owner = (short) (0xc000 | answer.position());
      for (String label : alias.get().split("\\.", -1)) {
        answer.put((byte) label.length()).put(label.getBytes(US_ASCII));
      }
      answer.put((byte) 0);
      answer.putShort(length, (short) (answer.position() - length - Short.BYTES));
    }
    int records = alias.isPresent() ? 1 : 0;
    for (String address : alias.map(zone::get).orElse(first).split(",", -1)) {
      byte[] bytes = InetAddress.getByName(address).getAddress();
      if (type == (bytes.length == 4 ? A : AAAA)) {
        putHead(owner, type, answer);
        answer.putShort((short) bytes.length).put(bytes);
        records++;
      }
    }
    return records;
  }

  private static void putHead(short owner, int type, ByteBuffer answer) {
    answer.putShort(owner).putShort((short) type).putShort((short) 1).putInt(TTL_SECONDS);
  }
}
