package dev.earshot.jinja.filter;

import dev.earshot.jinja.ip.IpQuery;
import dev.earshot.jinja.runtime.Arguments;
import dev.earshot.jinja.runtime.Failure;
import dev.earshot.jinja.runtime.Numbers;
import dev.earshot.jinja.runtime.Obj;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Filters on addresses and networks, as Ansible's collection `ansible.utils` has them.
final class IpFilters {

  /// Ansible itself had them, then `ansible.netcommon`, now `ansible.utils`; each old name leads to
  /// the new one.
  static final List<String> COLLECTIONS = List.of("ansible.utils.", "ansible.netcommon.");

  static final Map<String, Filter> ANSIBLE =
      Map.of(
          "ipaddr",
              (value, arguments, env) -> {
                var query = query(arguments);
                int version = version(arguments);
                arguments.takeText("alias", "");
                return asked(value, query, version, env);
              },
          "ipv4", (value, arguments, env) -> asked(value, query(arguments), 4, env),
          "ipv6", (value, arguments, env) -> asked(value, query(arguments), 6, env),
          "ipwrap", IpFilters::wrap);

  private IpFilters() {}

  /// A number asks for the address at that place.
  private static String query(Arguments arguments) {
    return switch (arguments.take("query", new Obj.Str(""))) {
      case Obj.Str(var text, _, _) -> text;
      case Obj.Int(var number) -> number.toString();
      case Obj.Undefined undefined -> throw undefined.failure();
      default -> throw new Failure("its query must be a string or an index");
    };
  }

  private static int version(Arguments arguments) {
    return arguments
        .take("version")
        .map(given -> {
          int version = given instanceof Obj.Int ? Numbers.index(given) : 0;
          if (version != 4 && version != 6) {
            throw new Failure("its version must be 4 or 6");
          }
          return version;
        })
        .orElse(0);
  }

  private static Obj asked(Obj value, String query, int version, Environment env) {
    return switch (value) {
      case Obj.Str _, Obj.Int _, Obj.Bool _, Obj.Listing _ ->
          answer(value, new IpQuery(query, version), env);
      default -> throw unfit(value);
    };
  }

  /// Of a list, the answers that are true.
  private static Obj answer(Obj value, IpQuery query, Environment env) {
    env.budget().enter();
    var answer =
        switch (value) {
          case Obj.Listing(var items) -> answers(items, query, env);
          case Obj.Tuple(var items) -> answers(items, query, env);
          default -> query.answer(value);
        };
    env.budget().leave();
    return answer;
  }

  private static Obj answers(List<Obj> items, IpQuery query, Environment env) {
    return new Obj.Listing(
        items.stream().map(item -> answer(item, query, env)).filter(Numbers::isTrue).toList());
  }

  /// What is no address stays as it is.
  private static Obj wrap(Obj value, Arguments arguments, Environment env) {
    if (!query(arguments).isEmpty()) {
      throw new Failure("its query is not supported");
    }
    return switch (value) {
      case Obj.Str _, Obj.Bool _ -> {
        var address = answer(value, new IpQuery("", 0), env);
        yield Numbers.isTrue(address) ? answer(address, new IpQuery("wrap", 0), env) : value;
      }
      case Obj.Listing(var items) -> {
        var wrapped = new ArrayList<Obj>();
        for (var item : items) {
          boolean address = Numbers.isTrue(answer(item, new IpQuery("", 0), env));
          wrapped.add(address ? answer(item, new IpQuery("wrap", 0), env) : item);
        }
        yield new Obj.Listing(wrapped);
      }
      default -> throw unfit(value);
    };
  }

  private static Failure unfit(Obj value) {
    return value instanceof Obj.Undefined undefined
        ? undefined.failure()
        : new Failure("it takes an address or a list of them, not a " + value.type());
  }
}
