package dev.earshot.jinja.ip;

import dev.earshot.jinja.runtime.Failure;
import dev.earshot.jinja.runtime.Numbers;
import dev.earshot.jinja.runtime.Obj;
import dev.earshot.python.PythonNumbers;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// What `ipaddr(query)` asks of an address or a network.
public final class IpQuery {

  /// An answer is false where there is no address to ask of, and `None` where the question does not
  /// fit it.
  @FunctionalInterface
  interface Question {
    Obj answer(IpValue value);
  }

  private static final Map<String, Question> QUESTIONS;

  static {
    QUESTIONS = new HashMap<>(IpParts.QUESTIONS);
    QUESTIONS.putAll(IpKinds.QUESTIONS);
    QUESTIONS.putAll(IpUsable.QUESTIONS);
  }

  private final String name;
  private final int version;

  /// @param version 4 or 6 for addresses of that kind only; 0 for any
  public IpQuery(String name, int version) {
    this.name = IpValue.ascii(name);
    this.version = version;
  }

  public Obj answer(Obj object) {
    var value = IpValue.of(object, version);
    if (value.isEmpty() || !fits(value.get().network())) {
      return Obj.Bool.FALSE;
    }
    var question = QUESTIONS.get(name);
    return question == null ? among(value.get()) : question.answer(value.get());
  }

  private boolean fits(IpNetwork network) {
    return version == 0 || network.family().version() == version;
  }

  /// A query that is a network asks whether the value lies in it; a number, for an address in it.
  private Obj among(IpValue value) {
    boolean digits = !name.isEmpty() && name.chars().allMatch(c -> c >= '0' && c <= '9');
    var within = digits ? Optional.<IpNetwork>empty() : IpNetwork.parse(name);
    if (within.isPresent()) {
      return value.network().isWithin(within.get()) ? value.given() : Obj.None.NONE;
    }
    if (Numbers.parseFloat(name).isEmpty()) {
      throw new Failure("the query " + name + " is unknown or not supported");
    }
    var network = value.network();
    return network.isOne()
        ? new Obj.Str(value.isNetwork() ? network.text() : network.ip().text())
        : PythonNumbers.parseInt(name)
            .<Obj>flatMap(index -> nth(network, index))
            .orElse(Obj.Bool.FALSE);
  }

  private static Optional<Obj> nth(IpNetwork network, BigInteger index) {
    var place = index.signum() < 0 ? index.add(network.size()) : index;
    return place.signum() < 0 || place.compareTo(network.size()) >= 0
        ? Optional.empty()
        : Optional.of(
            new Obj.Str(
                new IpNetwork(
                        network.family(), network.network().value().add(place), network.prefix())
                    .text()));
  }
}
