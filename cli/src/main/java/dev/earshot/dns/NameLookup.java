package dev.earshot.dns;

import dev.earshot.evidence.ServiceName;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.ExtendedResolver;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.NSRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Resolver;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/// Looks names up: what this machine's resolver says, and for how long it may be remembered, by the
/// name servers of its zone. A resolver tells only what its cache has left of that.
public final class NameLookup {

  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private static final int TRIES = 2;
  private static final int MOST_ALIASES = 8;
  private static final int MOST_SERVERS = 2;

  private final Resolver resolver;
  private final Function<InetAddress, Resolver> servers;

  NameLookup(Resolver resolver, Function<InetAddress, Resolver> servers) {
    this.resolver = resolver;
    this.servers = servers;
  }

  /// By the resolver that this machine is configured with.
  public static NameLookup ofThisMachine() {
    ExtendedResolver resolver = new ExtendedResolver();
    resolver.setTimeout(PATIENCE);
    resolver.setRetries(TRIES);
    return new NameLookup(resolver, SimpleResolver::new);
  }

  /// What the name resolves to. Never throws for anything that DNS can do.
  ///
  /// @param name as [ServiceName#spelling] has it
  /// @param within after this much time nothing more is asked
  public ServiceName lookUp(String name, Duration within) {
    return new Search(System.nanoTime() + within.toNanos()).find(name);
  }

  /// What the name servers of a zone say.
  private record Zone(String server, Set<Record> records) {}

  private final class Search {

    private final long end;

    private Search(long end) {
      this.end = end;
    }

    ServiceName find(String text) {
      Name name;
      try {
        name = Name.fromString(text, Name.root);
      } catch (TextParseException wrong) {
        return new ServiceName(text, List.of(), Optional.empty(), Optional.of("it is no name"));
      }
      Set<Record> records = new LinkedHashSet<>();
      List<String> troubles = new ArrayList<>();
      for (int type : new int[] {Type.A, Type.AAAA}) {
        try {
          records.addAll(wanted(ask(resolver, name, type, true)));
        } catch (IOException trouble) {
          troubles.add("%s: %s".formatted(Type.string(type), trouble.getMessage()));
        }
      }
      Optional<String> trouble =
          troubles.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", troubles));
      if (records.isEmpty()) {
        return new ServiceName(text, List.of(), Optional.empty(), trouble);
      }
      Optional<Zone> zone = zone(name);
      return new ServiceName(
          text,
          chain(zone.map(Zone::records).orElse(records), name),
          zone.map(Zone::server),
          trouble);
    }

    /// Nothing where the zone's servers can't be asked, or say otherwise that there is nothing.
    private Optional<Zone> zone(Name name) {
      Set<Record> records = new LinkedHashSet<>();
      Optional<String> first = Optional.empty();
      Name at = name;
      try {
        for (int hop = 0; hop < MOST_ALIASES; hop++) {
          Zone zone = ofOneZone(at);
          first = first.or(() -> Optional.of(zone.server()));
          records.addAll(zone.records());
          Name end = target(records, at);
          if (hasAddress(records, end)) {
            return first.map(server -> new Zone(server, records));
          }
          if (end.equals(at)) {
            return Optional.empty();
          }
          at = end;
        }
      } catch (IOException unasked) {
        return Optional.empty();
      }
      return Optional.empty();
    }

    private Zone ofOneZone(Name name) throws IOException {
      for (Name server : nameServers(name)) {
        for (InetAddress address : addresses(server)) {
          try {
            Set<Record> records = new LinkedHashSet<>();
            for (int type : new int[] {Type.A, Type.AAAA}) {
              Message answer = ask(servers.apply(address), name, type, false);
              if (!answer.getHeader().getFlag(Flags.AA)) {
                throw new IOException("no name server of the zone");
              }
              records.addAll(wanted(answer));
            }
            return new Zone(text(server), records);
          } catch (IOException trouble) {
            // the zone has another
          }
        }
      }
      throw new IOException("none of the zone's name servers answered");
    }

    private List<Name> nameServers(Name name) throws IOException {
      for (Name zone = name; zone.labels() > 1; zone = new Name(zone, 1)) {
        Name owner = zone;
        List<Name> found =
            ask(resolver, zone, Type.NS, true).getSection(Section.ANSWER).stream()
                .filter(record -> record.getName().equals(owner))
                .flatMap(record ->
                    record instanceof NSRecord ns
                        ? List.of(ns.getTarget()).stream()
                        : List.<Name>of().stream())
                .limit(MOST_SERVERS)
                .toList();
        if (!found.isEmpty()) {
          return found;
        }
      }
      throw new IOException("no zone");
    }

    /// One of each family at most.
    private List<InetAddress> addresses(Name server) throws IOException {
      List<InetAddress> addresses = new ArrayList<>();
      for (int type : new int[] {Type.A, Type.AAAA}) {
        ask(resolver, server, type, true).getSection(Section.ANSWER).stream()
            .flatMap(record -> address(record).stream())
            .findFirst()
            .ifPresent(addresses::add);
      }
      return addresses;
    }

    private Message ask(Resolver whom, Name name, int type, boolean recursive) throws IOException {
      if (System.nanoTime() >= end) {
        throw new IOException("DNS took too long");
      }
      Message query = Message.newQuery(Record.newRecord(name, type, DClass.IN));
      if (!recursive) {
        query.getHeader().unsetFlag(Flags.RD);
        whom.setTimeout(PATIENCE);
      }
      Message answer;
      try {
        answer = whom.send(query);
      } catch (IOException trouble) {
        throw new IOException("no answer from DNS", trouble);
      }
      int code = answer.getRcode();
      if (code != Rcode.NOERROR && code != Rcode.NXDOMAIN) {
        throw new IOException("DNS answered " + Rcode.string(code));
      }
      return answer;
    }
  }

  private static Set<Record> wanted(Message answer) {
    Set<Record> records = new LinkedHashSet<>(answer.getSection(Section.ANSWER));
    records.removeIf(record -> address(record).isEmpty() && !(record instanceof CNAMERecord));
    return records;
  }

  /// The records that a name leads over, in that order; what else came along is left out.
  private static List<ServiceName.Entry> chain(Set<Record> records, Name name) {
    List<ServiceName.Entry> chain = new ArrayList<>();
    Name at = name;
    for (int hop = 0; hop <= MOST_ALIASES; hop++) {
      Name owner = at;
      records.stream()
          .filter(record -> record.getName().equals(owner))
          .forEach(record -> chain.add(entry(record)));
      Optional<Name> next = alias(records, at);
      if (next.isEmpty()) {
        break;
      }
      at = next.get();
    }
    return chain;
  }

  private static ServiceName.Entry entry(Record record) {
    return new ServiceName.Entry(
        text(record.getName()),
        Duration.ofSeconds(record.getTTL()),
        ServiceName.Type.valueOf(Type.string(record.getType())),
        record instanceof CNAMERecord alias ? text(alias.getTarget()) : record.rdataToString());
  }

  private static Name target(Set<Record> records, Name name) {
    Name at = name;
    for (int hop = 0; hop < MOST_ALIASES; hop++) {
      Optional<Name> next = alias(records, at);
      if (next.isEmpty()) {
        break;
      }
      at = next.get();
    }
    return at;
  }

  private static Optional<Name> alias(Set<Record> records, Name name) {
    for (Record record : records) {
      if (record instanceof CNAMERecord alias && record.getName().equals(name)) {
        return Optional.of(alias.getTarget());
      }
    }
    return Optional.empty();
  }

  private static boolean hasAddress(Set<Record> records, Name name) {
    return records.stream()
        .anyMatch(record -> record.getName().equals(name) && address(record).isPresent());
  }

  private static Optional<InetAddress> address(Record record) {
    return switch (record) {
      case ARecord a -> Optional.of(a.getAddress());
      case AAAARecord aaaa -> Optional.of(aaaa.getAddress());
      default -> Optional.empty();
    };
  }

  private static String text(Name name) {
    return name.toString(true);
  }
}
