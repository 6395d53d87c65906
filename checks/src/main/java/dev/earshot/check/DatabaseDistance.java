package dev.earshot.check;

import java.time.Duration;

/// How far a backend may be from its database: what an audit asks of the host where it is, and a
/// plan of the one where it would be.
public final class DatabaseDistance {

  /// The check whose limits they are.
  public static final String CHECK = "colocation.app-database";

  public static final Limit.Time ACCEPTABLE =
      new Limit.Time(CHECK, "acceptable", Duration.ofMillis(2));
  public static final Limit.Time UNBEARABLE =
      new Limit.Time(CHECK, "unbearable", Duration.ofMillis(10), ACCEPTABLE);

  private DatabaseDistance() {}
}
