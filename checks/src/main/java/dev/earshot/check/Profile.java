package dev.earshot.check;

import dev.earshot.evidence.Evidence;
import dev.earshot.evidence.FleetEvidence;
import dev.earshot.evidence.HostEvidence;
import dev.earshot.evidence.HostName;
import dev.earshot.topology.Flow;
import dev.earshot.topology.Topology;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/// What the fleet is meant for. What is a fault on one is intended on another: checks that a
/// profile concerns choose their severity by it, and their findings say so. It never turns a
/// failure into a pass.
///
/// @param because why this one: what was seen, or that it was chosen
public record Profile(Intent intent, String because) {

  /// What a fleet can be meant for.
  public enum Intent {
    /// Nothing that we know of: every promise is taken at its word.
    GENERIC,
    /// A Lemmy, run as its upstream recommends.
    LEMMY;

    /// `lemmy`
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// What the admin says.
  public static Profile chosen(Intent intent) {
    return new Profile(intent, "it was chosen");
  }

  /// What the evidence shows: Lemmy where a database of it was found, or where a backend of it
  /// answered on a host that asks a database of the fleet. The answer alone is no proof: any user
  /// of a host may run a program that gives it.
  public static Profile observed(FleetEvidence evidence, Topology topology) {
    for (HostEvidence host : evidence.hosts()) {
      if (isThere(host.lemmyDatabase().latest())) {
        return new Profile(Intent.LEMMY, host.name() + " holds a database of Lemmy");
      }
    }
    Set<HostName> clients =
        topology.databaseFlows().stream()
            .filter(flow -> evidence.host(flow.to()).isPresent())
            .map(Flow::from)
            .collect(Collectors.toSet());
    return evidence.hosts().stream()
        .filter(host -> isThere(host.lemmy()) && clients.contains(host.name()))
        .findFirst()
        .map(host -> new Profile(Intent.LEMMY, host.name() + " runs a backend of Lemmy"))
        .orElse(new Profile(Intent.GENERIC, "no host is seen to run Lemmy"));
  }

  public boolean is(Intent other) {
    return intent == other;
  }

  private static boolean isThere(Evidence<? extends List<?>> found) {
    return found.collected().filter(all -> !all.isEmpty()).isPresent();
  }
}
