package dev.earshot.evidence;

/// What the busiest sender has to get through, as its admin says.
///
/// @param rate requests a second
/// @param atOnce how many of them it keeps under way at once; one where it waits for each answer
public record Arrivals(Rate rate, int atOnce) {

  public Arrivals {
    if (!(rate.perSecond() > 0) || atOnce < 1) {
      throw new IllegalArgumentException("%s, %d at once".formatted(rate, atOnce));
    }
  }

  /// From a sender that waits for each answer.
  public static Arrivals inTurn(double perSecond) {
    return new Arrivals(new Rate(perSecond), 1);
  }

  /// What the sender gets through at most, where one request at a time gets this much.
  public Rate capacity(Rate serial) {
    return new Rate(serial.perSecond() * atOnce);
  }

  /// What each of its requests under way would have to get through.
  public Rate inEach() {
    return new Rate(rate.perSecond() / atOnce);
  }

  /// Requests a second that are left over, for ever; negative where there is room.
  public double behind(Rate serial) {
    return rate.perSecond() - capacity(serial).perSecond();
  }
}
