package dev.earshot.evidence;

import dev.earshot.evidence.PostgresHba.Rule;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Reads a line of PgBouncer's HBA file as PgBouncer does, which ignores each line that it does not
/// understand. What versions of it read differently, or what stands in other files, becomes a rule
/// of which nobody can tell whether it matches: one without an address, or with a name that begins
/// with `@`.
///
/// Sources: PgBouncer's manual, chapter "HBA file format", and its `hba.c`.
final class PgBouncerRule {

  private static final Pattern TOKEN =
      Pattern.compile("\\s*(?:(,)|\"([^\"]*+(?:\"\"[^\"]*+)*+)\"|([^\\s,\"]+))");

  /// Those of all versions.
  private static final List<String> METHODS =
      List.of("trust", "reject", "md5", "scram-sha-256", "password", "peer", "cert");

  /// Those of some versions.
  private static final List<String> LATER = List.of("ldap", "pam");

  private static final Set<String> IGNORED_DATABASES = Set.of("samerole", "samegroup");
  private static final Set<String> WORDS = Set.of("all", "sameuser", "replication");
  private static final String UNTOLD = "@";

  /// @param text a word, a quoted one without its quotes, or a comma
  private record Token(String text, boolean quoted) {
    boolean isComma() {
      return !quoted && text.equals(",");
    }
  }

  private final int line;
  private final List<Token> tokens;
  private int at;

  private PgBouncerRule(int line, List<Token> tokens) {
    this.line = line;
    this.tokens = tokens;
  }

  /// Those of any version, in the same order always.
  static List<String> methods() {
    return Stream.of(METHODS, LATER).flatMap(List::stream).toList();
  }

  /// Nothing where PgBouncer ignores the line.
  ///
  /// @param text without comment; for what follows the method stands `-`
  static Optional<Rule> of(int line, String text) {
    List<Token> tokens = new ArrayList<>();
    Matcher matcher = TOKEN.matcher(text.strip());
    while (matcher.lookingAt()) {
      tokens.add(
          matcher.group(2) == null
              ? new Token(matcher.group().strip(), false)
              : new Token(matcher.group(2).replace("\"\"", "\""), true));
      matcher.region(matcher.end(), matcher.regionEnd());
    }
    boolean unclosed = matcher.regionStart() < matcher.regionEnd();
    return unclosed ? Optional.empty() : new PgBouncerRule(line, tokens).rule();
  }

  private Optional<Rule> rule() {
    String type = word();
    List<String> databases = names();
    List<String> users = names();
    if (databases.isEmpty()
        || users.isEmpty()
        || databases.stream().anyMatch(IGNORED_DATABASES::contains)
        || users.stream().anyMatch(name -> name.startsWith("+"))) {
      return Optional.empty();
    }
    if (type.equals("local")) {
      return ending(type, databases, users, "", "", true);
    }
    String[] address = word().split("/", 2);
    Optional<IpNumber> network = IpNumber.of(address[0]);
    if (network.isEmpty()) {
      // Earlier versions do not know the word.
      return address[0].equals("all")
          ? ending(type, databases, users, "", "", false)
          : Optional.empty();
    }
    Optional<IpNumber> mask =
        address.length == 2 ? mask(address[1], network.get().bits()) : IpNumber.of(word());
    boolean matches =
        mask.filter(bits -> bits.bits() == network.get().bits())
            .filter(bits -> isNetwork(network.get(), bits))
            .isPresent();
    return matches
        ? ending(type, databases, users, address[0], mask.get().toString(), true)
        : Optional.empty();
  }

  /// One with bits beyond its mask matches nobody.
  private static boolean isNetwork(IpNumber network, IpNumber mask) {
    for (int bit = 0; bit < network.bits(); bit++) {
      if (network.bit(bit) && !mask.bit(bit)) {
        return false;
      }
    }
    return true;
  }

  private static Optional<IpNumber> mask(String digits, int length) {
    if (!digits.matches("[0-9]{1,3}") || Integer.parseInt(digits) > length) {
      return Optional.empty();
    }
    BitSet bits = new BitSet(length);
    bits.set(0, Integer.parseInt(digits));
    return Optional.of(IpNumber.of(bits, length));
  }

  /// The method, and options that only later versions know.
  private Optional<Rule> ending(
      String type,
      List<String> databases,
      List<String> users,
      String address,
      String netmask,
      boolean certain) {
    String method = word();
    boolean known = METHODS.contains(method);
    if (!known && !LATER.contains(method)) {
      return Optional.empty();
    }
    boolean sure = certain && known && at == tokens.size();
    return Optional.of(
        new Rule(
            line,
            "",
            type,
            databases,
            users,
            sure ? address : "",
            sure ? netmask : "",
            method,
            Optional.empty()));
  }

  private String word() {
    return at < tokens.size() && !tokens.get(at).quoted() ? tokens.get(at++).text() : "";
  }

  /// Names with commas between them; none where something else stands there.
  private List<String> names() {
    List<String> names = new ArrayList<>();
    while (at < tokens.size() && !tokens.get(at).isComma()) {
      names.add(name(tokens.get(at++)));
      if (at == tokens.size() || !tokens.get(at).isComma()) {
        return names;
      }
      at++;
    }
    return List.of();
  }

  /// A quoted word is a name, whatever it says.
  private static String name(Token token) {
    boolean special =
        token.text().matches("[+/@].*")
            || WORDS.contains(token.text())
            || IGNORED_DATABASES.contains(token.text());
    return token.quoted() && special ? UNTOLD : token.text();
  }
}
