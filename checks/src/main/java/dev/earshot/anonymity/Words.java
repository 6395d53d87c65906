package dev.earshot.anonymity;

import dev.earshot.evidence.Probe;
import dev.earshot.evidence.Probes;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The words of the probes' own language, in lower case: what their commands say, what the programs
/// that they call print, and what parsers and checks look for. They name nobody, and another word
/// in their place would change what hosts are seen to run.
final class Words {

  static final Pattern PART = Pattern.compile("[\\p{L}\\p{N}]+");

  /// What ss, ping, ip and PostgreSQL print beside what the probes' commands say themselves.
  private static final List<String> PRINTED =
      List.of(
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
          "template1",
          "main",
          "combined");

  private static final Set<String> ALL = all();

  private Words() {}

  /// Whether it is one, or says too little to name anybody.
  static boolean isWord(String name) {
    return name.length() == 1 || name.matches("\\d+") || ALL.contains(key(name));
  }

  static String key(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  private static Set<String> all() {
    Set<String> all = new HashSet<>(PRINTED);
    Probes.ALL.stream()
        .flatMap((Probe<?> probe) -> Stream.of(probe.id(), probe.command()))
        .flatMap(text -> PART.matcher(text).results().map(MatchResult::group))
        .map(Words::key)
        .forEach(all::add);
    all.addAll(List.of(ParserWords.TEXT.strip().split("\\s+")));
    return Set.copyOf(all);
  }
}
