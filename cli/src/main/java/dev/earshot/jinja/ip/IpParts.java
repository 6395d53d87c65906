package dev.earshot.jinja.ip;

import dev.earshot.jinja.ip.IpQuery.Question;
import dev.earshot.jinja.runtime.Obj;
import java.math.BigInteger;
import java.util.Map;
import java.util.function.Function;

/// Questions for the parts of a network: its address, mask, prefix, size.
final class IpParts {

  private static final BigInteger MAPPED = BigInteger.valueOf(0xffff_0000_0000L);

  private static final Question ADDRESS =
      value -> text(hasHost(value.network()), value.network().ip().text());
  private static final Question GATEWAY = value -> gateway(value.network());
  private static final Question NETWORK = of(network -> network.network().text());
  private static final Question SUBNET = of(IpParts::subnet);
  private static final Question HOSTMASK = of(network -> network.hostmask().text());

  static final Map<String, Question> QUESTIONS =
      Map.ofEntries(
          Map.entry("", value -> new Obj.Str(plain(value))),
          Map.entry("address", ADDRESS),
          Map.entry("ip", ADDRESS),
          Map.entry("address/prefix", GATEWAY),
          Map.entry("gateway", GATEWAY),
          Map.entry("gw", GATEWAY),
          Map.entry("host/prefix", GATEWAY),
          Map.entry("hostnet", GATEWAY),
          Map.entry("router", GATEWAY),
          Map.entry(
              "broadcast",
              value -> {
                var network = value.network();
                return text(!network.isOne() && !network.isPair(), network.last().text());
              }),
          Map.entry("cidr", of(IpNetwork::text)),
          Map.entry("host", value -> text(hasOwn(value.network()), value.network().text())),
          Map.entry("hostmask", HOSTMASK),
          Map.entry("wildcard", HOSTMASK),
          Map.entry("int", IpParts::number),
          Map.entry("ip/prefix", value -> text(isInside(value.network()), value.network().text())),
          Map.entry(
              "ip_netmask",
              value -> {
                var network = value.network();
                return text(
                    isInside(network), network.ip().text() + " " + network.netmask().text());
              }),
          Map.entry("ipv4", IpParts::ipv4),
          Map.entry("ipv6", IpParts::ipv6),
          Map.entry(
              "net",
              value -> {
                var network = value.network();
                return text(!network.isOne() && network.isAtStart(), subnet(network));
              }),
          Map.entry("netmask", of(network -> network.netmask().text())),
          Map.entry("network", NETWORK),
          Map.entry("network_id", NETWORK),
          Map.entry("network/prefix", SUBNET),
          Map.entry("subnet", SUBNET),
          Map.entry(
              "network_netmask",
              of(network -> network.network().text() + " " + network.netmask().text())),
          Map.entry(
              "network_wildcard",
              of(network -> network.network().text() + " " + network.hostmask().text())),
          Map.entry("prefix", value -> new Obj.Int(value.network().prefix())),
          Map.entry("revdns", of(network -> network.ip().reverseName())),
          Map.entry("size", value -> new Obj.Int(value.network().size())),
          Map.entry("wrap", IpParts::wrapped));

  private IpParts() {}

  private static Question of(Function<IpNetwork, String> part) {
    return value -> new Obj.Str(part.apply(value.network()));
  }

  private static Obj text(boolean fits, String text) {
    return fits ? new Obj.Str(text) : Obj.None.NONE;
  }

  private static String plain(IpValue value) {
    return value.isNetwork() ? value.network().text() : value.network().ip().text();
  }

  private static String subnet(IpNetwork network) {
    return network.network().text() + "/" + network.prefix();
  }

  /// An address that no network has for its name.
  private static boolean hasOwn(IpNetwork network) {
    return network.isOne() || !network.isAtStart() || network.broadcast().isEmpty();
  }

  /// In IPv6, the first address of a network is one like others.
  private static boolean hasHost(IpNetwork network) {
    return hasOwn(network) || network.family() == Family.IPV6;
  }

  private static boolean isInside(IpNetwork network) {
    return network.isPair() || (!network.isOne() && !network.isAtStart());
  }

  private static Obj gateway(IpNetwork network) {
    boolean edge =
        network.isAtStart() || network.broadcast().filter(network.ip()::equals).isPresent();
    return edge && !network.isOne() && !network.isPair()
        ? Obj.Bool.FALSE
        : new Obj.Str(network.text());
  }

  private static Obj number(IpValue value) {
    var number = value.network().value();
    return value.isNetwork()
        ? new Obj.Str(number + "/" + value.network().prefix())
        : new Obj.Int(number);
  }

  private static Obj ipv4(IpValue value) {
    var network = value.network();
    if (network.family() == Family.IPV4) {
      return value.given();
    }
    var number =
        Family.IPV4.holds(network.value()) ? network.value() : network.value().subtract(MAPPED);
    return IpNetwork.of(Family.IPV4, number, BigInteger.valueOf(network.prefix() - 96L))
        .<Obj>map(each -> new Obj.Str(each.text()))
        .orElse(Obj.Bool.FALSE);
  }

  private static Obj ipv6(IpValue value) {
    var network = value.network();
    return network.family() == Family.IPV6
        ? value.given()
        : new Obj.Str(
            new IpNetwork(Family.IPV6, network.value().add(MAPPED), network.prefix() + 96).text());
  }

  private static Obj wrapped(IpValue value) {
    var network = value.network();
    if (network.family() == Family.IPV4) {
      return value.given();
    }
    return new Obj.Str(
        "[" + network.ip().text() + "]" + (value.isNetwork() ? "/" + network.prefix() : ""));
  }
}
