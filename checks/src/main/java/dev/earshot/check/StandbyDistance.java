package dev.earshot.check;

import dev.earshot.topology.Distance;

/// How far a synchronous standby may be from its database, whose commits wait for it: what an audit
/// asks of the hosts where they are, and a plan of those where they would be.
public final class StandbyDistance {

  /// The check whose limit it is.
  public static final String CHECK = "postgres.remote-sync-standby";

  public static final Limit.Time ACCEPTABLE =
      new Limit.Time(CHECK, "acceptable", Distance.SAME_SITE);

  private StandbyDistance() {}
}
