package dev.earshot.evidence;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/// What a name that clients know the service by resolves to.
///
/// @param entries its answer, the aliases that it leads over included; empty where it has no
///   address
/// @param nameServer of its zone, which told it; nothing where a resolver did, whose times to live
///   are what is left of them in its cache
/// @param trouble why not all could be asked
public record ServiceName(
    String name, List<Entry> entries, Optional<String> nameServer, Optional<String> trouble) {

  /// One line of an answer, in the form of zone files.
  public record Entry(String owner, Duration timeToLive, Type type, String value) {}

  /// The types that are asked for, or come along.
  public enum Type {
    A,
    AAAA,
    CNAME
  }

  /// No part of the program that runs on hosts: what a host says the service's names are is asked
  /// of DNS by the machine that audits, whose resolver no `/etc/hosts` answers for, after all else.
  public static final Probe<List<ServiceName>> PROBE =
      new Probe<>(
          "dns.names",
          "What the service's public names resolve to, and for how long that is remembered: those of the inventory (`earshot_service_name`, `domain`), the one that a running Lemmy says it has, and those that nginx answers to.",
          "DNS on the machine that audits",
          "",
          "# no program on the host: what `dig +noall +answer NAME A NAME AAAA` asks, of this machine's resolver and then of the zone's name servers\n",
          Duration.ofSeconds(20),
          false,
          Set.of(0),
          result -> new Evidence.Collected<>(parse(result.output())));

  private static final String NAME = "@name ";
  private static final String SERVER = "@server ";
  private static final String TROUBLE = "@trouble ";

  private static final int MOST_ENTRIES = 100;

  private static final Predicate<String> HOST_NAME =
      Pattern.compile(
              "(?=.{1,253}$)([a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9])?\\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])")
          .asMatchPredicate();

  public ServiceName {
    entries = List.copyOf(entries);
  }

  /// The one spelling of a name that DNS may be asked for: with a dot, without one at its end.
  public static Optional<String> spelling(String text) {
    String bare = text.strip().toLowerCase(Locale.ROOT);
    return Optional.of(bare.endsWith(".") ? bare.substring(0, bare.length() - 1) : bare)
        .filter(HOST_NAME);
  }

  /// The command that shows the same.
  public static String byHand(String name) {
    return "dig +noall +answer %s A %s AAAA".formatted(name, name);
  }

  public List<Address> addresses() {
    return entries.stream()
        .filter(entry -> entry.type() != Type.CNAME)
        .map(entry -> Address.of(entry.value()))
        .distinct()
        .toList();
  }

  /// How long an old answer may be remembered after any part of it was changed.
  public Optional<Duration> timeToLive() {
    return entries.stream().map(Entry::timeToLive).max(Comparator.naturalOrder());
  }

  /// The recorded form, which [#PROBE] reads.
  public static String text(List<ServiceName> names) {
    StringBuilder text = new StringBuilder();
    for (ServiceName name : names) {
      text.append(NAME).append(name.name()).append('\n');
      name.nameServer().ifPresent(server -> text.append(SERVER).append(server).append('\n'));
      name.entries().stream()
          .limit(MOST_ENTRIES)
          .forEach(entry ->
              text.append(
                  "%s. %d IN %s %s%n"
                      .formatted(
                          entry.owner(),
                          entry.timeToLive().toSeconds(),
                          entry.type(),
                          entry.value() + (entry.type() == Type.CNAME ? "." : ""))));
      name.trouble().ifPresent(why -> text.append(TROUBLE).append(Text.clip(why)).append('\n'));
    }
    return text.toString();
  }

  static List<ServiceName> parse(String output) {
    if (!output.startsWith(NAME)) {
      throw new UnreadableOutput("not a list of names: " + Text.firstLine(output));
    }
    List<ServiceName> names = new ArrayList<>();
    for (String section : ("\n" + output).split("\n" + NAME, -1)) {
      if (!section.isBlank()) {
        names.add(section(section.lines().toList()));
      }
    }
    return List.copyOf(names);
  }

  private static ServiceName section(List<String> lines) {
    return new ServiceName(
        name(lines.getFirst()),
        lines.stream()
            .skip(1)
            .filter(line -> !line.isBlank() && !line.startsWith("@"))
            .limit(MOST_ENTRIES)
            .map(ServiceName::entry)
            .toList(),
        after(lines, SERVER).map(ServiceName::name),
        after(lines, TROUBLE).map(Text::clip));
  }

  private static Entry entry(String line) {
    List<String> words = Text.words(line);
    Optional<Type> type =
        words.size() == 5 && words.get(2).equals("IN") ? type(words.get(3)) : Optional.empty();
    return type.map(known ->
            new Entry(
                name(words.get(0)),
                Duration.ofSeconds(Text.smallCount(words.get(1))),
                known,
                known == Type.CNAME ? name(words.get(4)) : address(words.get(4))))
        .orElseThrow(() -> new UnreadableOutput("not an answer of DNS: " + Text.clip(line)));
  }

  private static Optional<Type> type(String word) {
    return List.of(Type.values()).stream().filter(type -> type.name().equals(word)).findFirst();
  }

  private static String name(String word) {
    return spelling(word).orElseThrow(() -> new UnreadableOutput("not a name: " + Text.clip(word)));
  }

  private static String address(String word) {
    Address address = Address.of(word);
    if (!address.isNumeric()) {
      throw new UnreadableOutput("not an address: " + Text.clip(word));
    }
    return address.value();
  }

  private static Optional<String> after(List<String> lines, String what) {
    return lines.stream()
        .filter(line -> line.startsWith(what))
        .map(line -> line.substring(what.length()))
        .findFirst();
  }
}
