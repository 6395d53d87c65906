package dev.earshot.anonymity;

import dev.earshot.evidence.Address;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// The domains that a fleet's names lie in, down to the one below the last label: those of
/// `db1.eu.acme.example` are `eu.acme.example` and `acme.example`.
final class Domains {

  /// A label that is shorter, as `eu`, says nothing by itself.
  private static final int SHORTEST_LABEL = 4;

  private final Set<String> domains = new TreeSet<>();
  private final Set<String> own = new TreeSet<>();

  /// Takes note of the domains above a name.
  void above(String name) {
    String bare = bare(name);
    if (Address.of(bare).isNumeric()) {
      return;
    }
    for (int dot = bare.indexOf('.');
        dot >= 0 && bare.indexOf('.', dot + 1) > 0;
        dot = bare.indexOf('.', dot + 1)) {
      domains.add(bare.substring(dot + 1));
    }
    if (bare.indexOf('.') > 0 && bare.indexOf('.') == bare.lastIndexOf('.')) {
      own.add(bare);
    }
  }

  /// Gives all of them pseudonyms, and their first labels, which are names of their own, too.
  ///
  /// @param places words that are labels of domains and names of places alike, which stay
  void name(NamePseudonyms names, Set<String> places) {
    names.number(domains, "domain", ".example");
    Set<String> all = new TreeSet<>(domains);
    all.addAll(own);
    Set<String> kept = places.stream().map(Words::key).collect(Collectors.toSet());
    for (String domain : all) {
      String label = domain.substring(0, domain.indexOf('.'));
      if (label.length() >= SHORTEST_LABEL && !kept.contains(Words.key(label))) {
        names
            .of(domain)
            .ifPresent(pseudonym -> names.put(label, pseudonym.replaceFirst("\\.example$", "")));
      }
    }
  }

  /// Without what stands before and behind it in zones and rules: `.acme.example`, `acme.example.`.
  static String bare(String name) {
    return name.replaceAll("^[.*]+|\\.+$", "");
  }
}
