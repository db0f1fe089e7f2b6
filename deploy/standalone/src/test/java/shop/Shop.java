package shop;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.Executors;

/// A small web shop: answers each request after it asked its database and its cache, over one
/// connection each that it holds as long as it runs.
///
/// ```
/// shop.Shop <address> <port> <database address> <port> <cache address> <port>
/// ```
///
/// Says `open` on its standard output once it serves.
public final class Shop {
  private final Database database;
  private final Cache cache;

  private Shop(Database database, Cache cache) {
    this.database = database;
    this.cache = cache;
  }

  public static void main(String[] arguments) throws IOException {
    Shop shop = new Shop(new Database(address(arguments, 2)), new Cache(address(arguments, 4)));
    HttpServer server = HttpServer.create(address(arguments, 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", shop::serve);
    server.start();
    System.out.println("open");
  }

  private void serve(HttpExchange exchange) throws IOException {
    byte[] answer;
    synchronized (this) {
      answer = (cache.count("visits") + " " + database.ask("select 1")).getBytes(UTF_8);
    }
    exchange.sendResponseHeaders(200, answer.length);
    exchange.getResponseBody().write(answer);
    exchange.close();
  }

  private static InetSocketAddress address(String[] arguments, int index) {
    return new InetSocketAddress(arguments[index], Integer.parseInt(arguments[index + 1]));
  }
}
