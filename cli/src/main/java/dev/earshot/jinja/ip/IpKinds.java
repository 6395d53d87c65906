package dev.earshot.jinja.ip;

import dev.earshot.jinja.ip.IpQuery.Question;
import dev.earshot.jinja.runtime.Obj;
import java.util.Map;
import java.util.function.Predicate;

/// Questions for the kind of a network. Most choose: they return the value itself, or nothing.
final class IpKinds {

  private static final Question LOOPBACK =
      choosing(network -> KnownNetworks.isLoopback(network.ip()));

  static final Map<String, Question> QUESTIONS =
      Map.of(
          "bool",
          _ -> Obj.Bool.TRUE,
          "link-local",
          choosing(network -> KnownNetworks.isLinkLocal(network.ip())),
          "lo",
          LOOPBACK,
          "loopback",
          LOOPBACK,
          "multicast",
          choosing(KnownNetworks::isMulticast),
          "private",
          choosing(KnownNetworks::isPrivate),
          "public",
          choosing(network -> KnownNetworks.isPublic(network.ip())),
          "unicast",
          choosing(network -> !KnownNetworks.isMulticast(network)),
          "type",
          value -> new Obj.Str(type(value.network())),
          "version",
          value -> new Obj.Int(value.network().family().version()));

  private IpKinds() {}

  private static Question choosing(Predicate<IpNetwork> kind) {
    return value -> kind.test(value.network()) ? value.given() : Obj.None.NONE;
  }

  private static String type(IpNetwork network) {
    return network.isOne() || !network.isAtStart() ? "address" : "network";
  }
}
