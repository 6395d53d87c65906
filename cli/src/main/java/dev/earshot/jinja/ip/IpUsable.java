package dev.earshot.jinja.ip;

import dev.earshot.jinja.ip.IpQuery.Question;
import dev.earshot.jinja.runtime.Failure;
import dev.earshot.jinja.runtime.Obj;
import java.math.BigInteger;
import java.util.Map;
import java.util.function.Function;

/// Questions for the addresses of a network that hosts may have. As in Ansible, an IPv6 address
/// whose number is that of an IPv4 one is written as that.
final class IpUsable {

  static final Map<String, Question> QUESTIONS =
      Map.of(
          "first_usable", inNetwork(network -> text(first(network))),
          "last_usable", inNetwork(network -> text(last(network))),
          "next_usable", inNetwork(network -> beside(network, BigInteger.ONE)),
          "previous_usable", inNetwork(network -> beside(network, BigInteger.ONE.negate())),
          "range_usable",
              inNetwork(network -> new Obj.Str(write(first(network)) + "-" + write(last(network)))),
          "peer", IpUsable::peer,
          "size_usable", value -> new Obj.Int(size(value.network())));

  private IpUsable() {}

  private static Question inNetwork(Function<IpNetwork, Obj> question) {
    return value -> {
      requireNetwork(value);
      return value.network().isOne() ? Obj.None.NONE : question.apply(value.network());
    };
  }

  private static void requireNetwork(IpValue value) {
    if (!value.isNetwork()) {
      throw new Failure("an address without a prefix is not a network");
    }
  }

  private static BigInteger first(IpNetwork network) {
    var first = network.network().value();
    return network.isPair() ? first : first.add(BigInteger.ONE);
  }

  private static BigInteger last(IpNetwork network) {
    var last = network.last().value();
    return network.isPair() ? last : last.subtract(BigInteger.ONE);
  }

  private static Obj beside(IpNetwork network, BigInteger step) {
    var number = network.value().add(step);
    var text = text(number);
    return number.compareTo(first(network)) >= 0 && number.compareTo(last(network)) <= 0
        ? text
        : Obj.None.NONE;
  }

  private static Obj peer(IpValue value) {
    requireNetwork(value);
    var network = value.network();
    if (network.isPair()) {
      return text(network.value().flipBit(0));
    }
    if (network.prefix() != network.family().width() - 2) {
      throw new Failure("a network of that size has no two ends");
    }
    if (network.isAtStart() || network.ip().equals(network.last())) {
      throw new Failure("the first and the last address of a network have no peer");
    }
    return text(network.value().flipBit(0).flipBit(1));
  }

  private static BigInteger size(IpNetwork network) {
    return network.isOne()
        ? BigInteger.ZERO
        : network.isPair() ? network.size() : network.size().subtract(BigInteger.TWO);
  }

  private static Obj text(BigInteger number) {
    return new Obj.Str(write(number));
  }

  private static String write(BigInteger number) {
    return IpAddress.ofNumber(number).text();
  }
}
