package dev.otelscope.engine.dialect;

import dev.otelscope.engine.observation.FlowKey;
import dev.otelscope.engine.observation.Observation.Description;
import dev.otelscope.engine.observation.Role;
import dev.otelscope.engine.observation.Side;
import dev.otelscope.model.AddressScope;
import dev.otelscope.model.AddressScope.Reach;
import dev.otelscope.model.AttributeNames;
import dev.otelscope.model.EntityId;
import dev.otelscope.model.IpAddress;
import dev.otelscope.model.Transport;
import dev.otelscope.model.VirtualAddress;
import dev.otelscope.otlp.AttributesView;
import dev.otelscope.otlp.AttributesView.ValueType;
import dev.otelscope.otlp.TextView;
import dev.otelscope.otlp.Utf8;
import org.jspecify.annotations.Nullable;

/// Reads which connection series a point of the probe belongs to. The same series gives the same
/// object as long as it was met recently, so a known one allocates nothing. One thread at a time.
///
/// The flow's addresses are those after translation: `network.peer.*` for the other end,
/// `otelscope.client.translated_address` for a client itself, where they are said.
final class SideReader {
  private static final int SLOTS = 1 << 14;

  private static final Utf8 ROLE = Utf8.of(AttributeNames.CONNECTION_ROLE);
  private static final Utf8 CLIENT = Utf8.of(AttributeNames.CLIENT_ADDRESS);
  private static final Utf8 SERVER = Utf8.of(AttributeNames.SERVER_ADDRESS);
  private static final Utf8 PORT = Utf8.of(AttributeNames.SERVER_PORT);
  private static final Utf8 TRANSPORT = Utf8.of(AttributeNames.NETWORK_TRANSPORT);
  private static final Utf8 TYPE = Utf8.of(AttributeNames.NETWORK_TYPE);
  private static final Utf8 REACH = Utf8.of(AttributeNames.ADDRESS_SCOPE);
  private static final Utf8 PEER = Utf8.of(AttributeNames.PEER);
  private static final Utf8 PEER_ADDRESS = Utf8.of(AttributeNames.NETWORK_PEER_ADDRESS);
  private static final Utf8 PEER_PORT = Utf8.of(AttributeNames.NETWORK_PEER_PORT);
  private static final Utf8 TRANSLATED = Utf8.of(AttributeNames.TRANSLATED_CLIENT_ADDRESS);
  private static final Utf8 PROTOCOL = Utf8.of(AttributeNames.NETWORK_PROTOCOL_NAME);
  private static final Utf8 OVERFLOW = Utf8.of(AttributeNames.OVERFLOW);
  private static final Utf8 CAUSE = Utf8.of(AttributeNames.ERROR_TYPE);
  private static final Utf8 DIRECTION = Utf8.of(AttributeNames.NETWORK_IO_DIRECTION);
  private static final Utf8 NAMESPACE = Utf8.of(AttributeNames.NETWORK_NAMESPACE);
  private static final Utf8 AS_CLIENT = Utf8.of("client");
  private static final Utf8 AS_SERVER = Utf8.of("server");
  private static final Utf8 UDP = Utf8.of("udp");
  private static final Utf8 TCP = Utf8.of("tcp");
  private static final Utf8 HOST = Utf8.of("host");
  private static final Utf8 IN_NAMESPACE = Utf8.of("namespace");
  private static final Utf8 TRANSMIT = Utf8.of("transmit");

  private final String source;
  private final @Nullable Side[] sides = new @Nullable Side[SLOTS];
  private final PeerCache peers = new PeerCache();
  private final AddressReader address = new AddressReader();

  // One point's attributes
  private Role role = Role.UNKNOWN;
  private Transport transport = Transport.TCP;
  private Reach reach = Reach.GLOBAL;
  private final Ip client = new Ip();
  private final Ip server = new Ip();
  private final Ip peerAddress = new Ip();
  private final Ip translated = new Ip();
  private int port;
  private int peerPort;
  private String peer = "";
  private String protocol = "";
  private String namespace = "";
  private String cause = "";
  private boolean transmit;
  private boolean overflow;
  private long rest;
  private String problem = "";

  private AddressScope scope = AddressScope.GLOBAL;

  /// An address that may be missing.
  private static final class Ip {
    private boolean said;
    private long high;
    private long low;

    void clear() {
      said = false;
      high = 0;
      low = 0;
    }

    boolean is(IpAddress other) {
      return high == other.high() && low == other.low();
    }

    IpAddress address() {
      return new IpAddress(high, low);
    }
  }

  SideReader(String source) {
    this.source = source;
  }

  /// The series of a point, null when [#problem] says why there is none.
  @Nullable Side read(Description observer, AttributesView attributes) {
    clear();
    for (int i = 0; i < attributes.size(); i++) {
      take(attributes, i);
    }
    check();
    return problem.isEmpty() ? side(observer) : null;
  }

  /// What is wrong with the last point.
  String problem() {
    return problem;
  }

  /// `error.type` of the last point, empty when there is none.
  String cause() {
    return cause;
  }

  /// Whether `network.io.direction` of the last point is `transmit`.
  boolean isTransmit() {
    return transmit;
  }

  private void clear() {
    role = Role.UNKNOWN;
    transport = Transport.TCP;
    reach = Reach.GLOBAL;
    client.clear();
    server.clear();
    peerAddress.clear();
    translated.clear();
    port = 0;
    peerPort = 0;
    peer = "";
    protocol = "";
    namespace = "";
    cause = "";
    transmit = false;
    overflow = false;
    rest = 0;
    problem = "";
  }

  private void take(AttributesView attributes, int i) {
    TextView key = attributes.key(i);
    if (key.is(ROLE)) {
      role = role(text(attributes, i, ROLE));
    } else if (key.is(CLIENT)) {
      address(attributes, i, CLIENT, client);
    } else if (key.is(SERVER)) {
      address(attributes, i, SERVER, server);
    } else if (key.is(PORT)) {
      port = port(attributes, i, PORT);
    } else if (key.is(TRANSPORT)) {
      transport = transport(text(attributes, i, TRANSPORT));
    } else if (key.is(REACH)) {
      reach = reach(text(attributes, i, REACH));
    } else if (key.is(PEER)) {
      peer = attributes.string(PEER);
    } else if (key.is(DIRECTION)) {
      TextView direction = text(attributes, i, DIRECTION);
      transmit = direction != null && direction.is(TRANSMIT);
    } else if (key.is(CAUSE)) {
      cause = attributes.string(CAUSE);
    } else if (key.is(PEER_ADDRESS)) {
      address(attributes, i, PEER_ADDRESS, peerAddress);
    } else if (key.is(PEER_PORT)) {
      peerPort = port(attributes, i, PEER_PORT);
    } else if (key.is(TRANSLATED)) {
      address(attributes, i, TRANSLATED, translated);
    } else if (key.is(PROTOCOL)) {
      protocol = attributes.string(PROTOCOL);
    } else if (key.is(NAMESPACE)) {
      namespace = attributes.string(NAMESPACE);
    } else if (key.is(OVERFLOW)) {
      overflow = attributes.string(OVERFLOW).equals("true");
    } else if (!key.is(TYPE)) {
      // In any order, so a sum
      rest += Hash.of(Hash.of(1, key), attributes.value(i).hashCode());
    }
  }

  private void check() {
    if (overflow || !problem.isEmpty()) {
      return; // what a limit folded has only the attributes that were kept
    }
    if (!client.said) {
      problem = CLIENT + " is missing";
    } else if (!server.said) {
      problem = SERVER + " is missing";
    }
  }

  private Side side(Description observer) {
    Ip flowClient = translated.said ? translated : client;
    Ip flowServer = server;
    int flowPort = port;
    if (peerAddress.said && role == Role.SERVER) {
      flowClient = peerAddress;
    } else if (peerAddress.said) {
      flowServer = peerAddress;
      flowPort = peerPort == 0 ? port : peerPort;
    }
    long distinction = distinction(flowClient, flowServer, flowPort);
    AddressScope flowScope = scope(observer);
    int slot = slot(observer, flowClient, flowServer, flowPort, distinction);
    Side known = sides[slot];
    if (known != null
        && known.role() == role
        && known.distinction() == distinction
        && known.observer().equals(observer.id())
        && isSame(known.flow(), flowScope, flowClient, flowServer, flowPort)
        && known.protocol().equals(protocol)
        && known.peer().map(EntityId::toString).orElse("").equals(peer)) {
      return known;
    }
    FlowKey flow =
        new FlowKey(flowScope, transport, flowClient.address(), flowServer.address(), flowPort);
    Side side =
        new Side(
            source,
            observer.host(),
            observer.id(),
            role,
            flow,
            peers.get(peer),
            protocol,
            virtualAddress(flow),
            translated.said,
            distinction);
    sides[slot] = side;
    return side;
  }

  /// What a client was told to connect to, where its packets go elsewhere.
  private @Nullable VirtualAddress virtualAddress(FlowKey flow) {
    boolean reached = server.is(flow.server()) && port == flow.port();
    return role == Role.SERVER || reached ? null : new VirtualAddress(server.address(), port);
  }

  private boolean isSame(FlowKey flow, AddressScope flowScope, Ip from, Ip to, int toPort) {
    return flow.port() == toPort
        && flow.transport() == transport
        && from.is(flow.client())
        && to.is(flow.server())
        && flow.scope().equals(flowScope);
  }

  /// What makes this series another one than those of the same flow.
  private long distinction(Ip flowClient, Ip flowServer, int flowPort) {
    long hash = rest;
    if (flowClient != client || flowServer != server || flowPort != port) {
      hash = Hash.of(Hash.of(hash, client.low), client.high);
      hash = Hash.of(Hash.of(Hash.of(hash, server.low), server.high), port);
    }
    return overflow ? Hash.of(hash, 1) : hash;
  }

  private int slot(Description observer, Ip from, Ip to, int toPort, long distinction) {
    long hash = Hash.of(observer.id().hashCode(), from.low ^ Long.rotateLeft(to.low, 24));
    hash = Hash.of(hash, from.high ^ Long.rotateLeft(to.high, 24) ^ toPort);
    hash = Hash.of(hash, distinction ^ peer.hashCode() ^ role.name().hashCode());
    return (int) (hash >>> 40) & (SLOTS - 1);
  }

  private AddressScope scope(Description observer) {
    String host = observer.host();
    String in = namespace.isEmpty() ? observer.networkNamespace() : namespace;
    if (reach == Reach.GLOBAL || host.isEmpty()) {
      return AddressScope.GLOBAL;
    }
    boolean narrow = reach == Reach.NAMESPACE && !in.isEmpty();
    if (scope.reach() != (narrow ? Reach.NAMESPACE : Reach.HOST)
        || !scope.host().equals(host)
        || narrow && !scope.namespace().equals(in)) {
      scope = narrow ? AddressScope.namespace(host, in) : AddressScope.host(host);
    }
    return scope;
  }

  private void address(AttributesView attributes, int i, Utf8 name, Ip into) {
    TextView text = text(attributes, i, name);
    if (text == null || !address.read(text)) {
      problem = name + " must be an IP address, not '" + attributes.value(i) + "'";
      return;
    }
    into.said = true;
    into.high = address.high();
    into.low = address.low();
  }

  private int port(AttributesView attributes, int i, Utf8 name) {
    long number = -1;
    ValueType type = attributes.type(i);
    if (type == ValueType.WHOLE || type == ValueType.TEXT) {
      try {
        number = attributes.whole(i);
      } catch (IllegalStateException e) {
        number = -1;
      }
    }
    if (number < 0 || number > 0xFFFF) {
      problem = name + " must be 0 to 65535, not '" + attributes.value(i) + "'";
      return 0;
    }
    return (int) number;
  }

  private @Nullable TextView text(AttributesView attributes, int i, Utf8 name) {
    if (attributes.type(i) == ValueType.TEXT) {
      return attributes.text(i);
    }
    problem = name + " must be text, not " + attributes.type(i);
    return null;
  }

  private static Role role(@Nullable TextView text) {
    if (text == null) {
      return Role.UNKNOWN;
    }
    return text.is(AS_CLIENT) ? Role.CLIENT : text.is(AS_SERVER) ? Role.SERVER : Role.UNKNOWN;
  }

  private Transport transport(@Nullable TextView text) {
    if (text != null && text.is(UDP)) {
      return Transport.UDP;
    }
    if (text != null && !text.is(TCP)) {
      problem = TRANSPORT + " must be tcp or udp, not '" + text.string() + "'";
    }
    return Transport.TCP;
  }

  private static Reach reach(@Nullable TextView text) {
    if (text == null) {
      return Reach.GLOBAL;
    }
    return text.is(IN_NAMESPACE) ? Reach.NAMESPACE : text.is(HOST) ? Reach.HOST : Reach.GLOBAL;
  }
}
