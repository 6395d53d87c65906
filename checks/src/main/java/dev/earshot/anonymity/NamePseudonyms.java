package dev.earshot.anonymity;

import dev.earshot.evidence.Address;
import dev.earshot.evidence.Probe;
import dev.earshot.evidence.Probes;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Other names for those of a fleet.
///
/// A name is replaced wherever it stands by itself or as a part of a longer one
/// (`lemmy-web1-data`). One that is a word of the probes' own language too (`postgres`, `lemmy`,
/// `root`) names nobody, and stays: replacing it would change what hosts are seen to run.
final class NamePseudonyms {

  private static final Pattern PLAIN = Pattern.compile("[\\p{L}\\p{N}]+(?:[._-]+[\\p{L}\\p{N}]+)*");

  private static final Pattern PART = Pattern.compile("[\\p{L}\\p{N}]+");

  /// What ss, ping, ip and PostgreSQL print beside what the probes' commands say themselves.
  private static final Set<String> PRINTED =
      Set.of(
          "listen",
          "estab",
          "tcp",
          "udp",
          "cubic",
          "bbr",
          "inet",
          "inet6",
          "scope",
          "global",
          "link",
          "host",
          "state",
          "local",
          "peer",
          "users",
          "bytes",
          "from",
          "time",
          "ttl",
          "received",
          "transmitted",
          "packets",
          "loss",
          "eth0",
          "lo",
          "all",
          "root",
          "public",
          "up",
          "down",
          "open",
          "backend",
          "frontend",
          "active",
          "idle",
          "client",
          "server",
          "debian",
          "ubuntu",
          "linux",
          "localhost",
          "none",
          "default",
          "bridge",
          "replication",
          "template0",
          "template1");

  private static final Set<String> WORDS =
      Stream.concat(
              PRINTED.stream(),
              Probes.ALL.stream()
                  .flatMap((Probe<?> probe) -> Stream.of(probe.id(), probe.command()))
                  .flatMap(text -> PART.matcher(text).results().map(MatchResult::group)))
          .map(NamePseudonyms::key)
          .collect(Collectors.toUnmodifiableSet());

  private final Map<String, String> plain = new LinkedHashMap<>();
  private final Map<String, String> odd = new LinkedHashMap<>();

  /// Gives these names, in their order, pseudonyms with numbers: `role-1`.
  void number(Collection<String> names, String kind, String ending) {
    int number = 1;
    for (String name : new TreeSet<>(names)) {
      if (put(name, kind + "-" + number + ending)) {
        number++;
      }
    }
  }

  /// Whether the name needs one and has none yet.
  boolean put(String name, String pseudonym) {
    if (name.isBlank() || isWord(name) || Address.of(name).isNumeric()) {
      return false;
    }
    String known =
        PLAIN.matcher(name).matches()
            ? plain.putIfAbsent(key(name), pseudonym)
            : odd.putIfAbsent(name, pseudonym);
    return known == null;
  }

  /// The text with other names.
  String replace(String text) {
    String replaced = text;
    for (Map.Entry<String, String> one : odd.entrySet()) {
      replaced = replaced.replace(one.getKey(), one.getValue());
    }
    return PLAIN
        .matcher(replaced)
        .replaceAll(found -> Matcher.quoteReplacement(inToken(found.group())));
  }

  /// The longest names first, wherever they begin.
  private String inToken(String token) {
    var parts = PART.matcher(token).results().toList();
    for (int length = parts.size(); length > 0; length--) {
      for (int first = 0; first + length <= parts.size(); first++) {
        int from = parts.get(first).start();
        int to = parts.get(first + length - 1).end();
        Optional<String> name = Optional.ofNullable(plain.get(key(token.substring(from, to))));
        if (name.isPresent()) {
          return inToken(token.substring(0, from)) + name.get() + inToken(token.substring(to));
        }
      }
    }
    return token;
  }

  private static boolean isWord(String name) {
    return name.length() == 1 || name.matches("\\d+") || WORDS.contains(key(name));
  }

  private static String key(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
