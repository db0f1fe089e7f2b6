package dev.otelscope.standalone.testbed;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/// A program that talks over the network when it is told to, one command a line on its standard
/// input, one line of answer: `ok …` or `failed …`. Ends with its input. Needs nothing but a JDK.
///
/// ```
/// listen 10.77.0.10 7000            serve TCP; with "shared" at the end, beside other processes
/// listen-udp 10.77.0.10 7000        serve UDP
/// connect a 10.77.0.10 7000         open connection "a" and hold it: ok <local port>
/// connect-udp u 10.77.0.10 7000     the same with a connected UDP socket
/// ask a 100 2000                    send 100 bytes over "a", read 2000
/// get a /cart                       the same as an HTTP request for this path
/// close a                           close "a"
/// short 5 10.77.0.10 7000 100 2000  five times: connect, ask, close
/// hold 50 10.77.0.10 7000           open 50 connections and hold them
/// busy 100 100 2000                 ask on every connection held now once in 100 ms, evenly spread
/// browse 500 a /cart                get over "a" each 500 ms, from now on
/// churn 20 10.77.0.10 7000 100 2000 20 short connections a second, from now on
/// idle                              end busy, browse and churn
/// totals                            ok opened=… failed=… sent=… received=…
/// ```
public final class Talker {
  private final Counts counts = new Counts();
  private final Map<String, Line> lines = new ConcurrentHashMap<>();
  private final BackgroundWork background = new BackgroundWork();
  private int held;

  private Talker() {}

  public static void main(String[] arguments) throws IOException {
    Talker talker = new Talker();
    BufferedReader commands =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String command = commands.readLine(); command != null; command = commands.readLine()) {
      System.out.println(talker.answer(command));
    }
    System.exit(0);
  }

  private String answer(String command) {
    List<String> words = List.of(command.split(" "));
    try {
      return ("ok " + act(words)).strip();
    } catch (IOException e) {
      return "failed " + e;
    }
  }

  private Object act(List<String> words) throws IOException {
    switch (words.getFirst()) {
      case "listen" ->
          TcpServer.start(address(words, 1), words.size() > 3 && words.get(3).equals("shared"));
      case "listen-udp" -> UdpServer.start(address(words, 1));
      case "connect" -> {
        Line line = TcpLine.open(address(words, 2), counts);
        lines.put(words.get(1), line);
        return line.localPort();
      }
      case "connect-udp" -> {
        Line line = UdpLine.open(address(words, 2), counts);
        lines.put(words.get(1), line);
        return line.localPort();
      }
      case "ask" -> line(words.get(1)).ask(number(words, 2), number(words, 3));
      case "get" -> line(words.get(1)).get(words.get(2));
      case "close" -> {
        line(words.get(1)).close();
        lines.remove(words.get(1));
      }
      case "short" -> {
        ShortTalk talk = shortTalk(words);
        for (int i = 0; i < number(words, 1); i++) {
          talk.once();
        }
      }
      case "hold" -> {
        for (int i = 0; i < number(words, 1); i++) {
          lines.put("held-" + held++, TcpLine.open(address(words, 2), counts));
        }
      }
      case "busy" -> ask(number(words, 1), number(words, 2), number(words, 3));
      case "browse" -> {
        Line line = line(words.get(2));
        String path = words.get(3);
        background.every(number(words, 1) * 1_000_000L, () -> line.get(path));
      }
      case "churn" -> {
        ShortTalk talk = shortTalk(words);
        background.every(1_000_000_000L / number(words, 1), talk::once);
      }
      case "idle" -> background.stop();
      case "totals" -> {
        return counts;
      }
      default -> throw new IOException("no such command: " + words);
    }
    return "";
  }

  /// Asks on one connection after the other, each once in `millis`, from now on.
  private void ask(int millis, int send, int receive) throws IOException {
    List<Line> held = List.copyOf(lines.values());
    if (held.isEmpty()) {
      throw new IOException("no connection is held that could be busy");
    }
    AtomicInteger next = new AtomicInteger();
    background.every(
        millis * 1_000_000L / held.size(),
        () -> held.get(Math.floorMod(next.getAndIncrement(), held.size())).ask(send, receive));
  }

  private ShortTalk shortTalk(List<String> words) throws IOException {
    return new ShortTalk(address(words, 2), number(words, 4), number(words, 5), counts);
  }

  private Line line(String name) throws IOException {
    Line line = lines.get(name);
    if (line == null) {
      throw new IOException("no connection '" + name + "'");
    }
    return line;
  }

  private static InetSocketAddress address(List<String> words, int index) {
    return new InetSocketAddress(words.get(index), number(words, index + 1));
  }

  private static int number(List<String> words, int index) {
    return Integer.parseInt(words.get(index));
  }
}
