package dev.earshot.budget;

import java.util.Optional;

/// Something that people suspect when requests are slow, and what the numbers say of it.
///
/// @param id stable: `distance`, `load`, `load-balancer`, `balancer-network`, `queries`, `commit`,
///   `pool` (the backend's own connections), `connections` (the server's `max_connections`),
///   `cache` (the network to it, where the backend asks one), `application` (the backend's own
///   computing), `loss`, `floating-address` (loss between the load balancer's addresses and its
///   clients), `sender` (where the admin says what the busiest one has to get through), `elsewhere`
/// @param title what is suspected, as a noun phrase
/// @param because the numbers
/// @param next where to look for what could not be told
public record Suspect(
    String id, String title, Judgement judgement, String because, Optional<NextLook> next) {

  Suspect(String id, String title, Judgement judgement, String because) {
    this(id, title, judgement, because, Optional.empty());
  }

  Suspect with(Optional<NextLook> look) {
    return new Suspect(id, title, judgement, because, look);
  }

  /// Whether it takes time beside the request, as the load balancer measures it, and more than
  /// anything within the request can.
  boolean isCauseBesideRequest() {
    return judgement == Judgement.CAUSE && (id.equals(ClientSide.ID) || id.equals(Sender.ID));
  }

  /// What the numbers say.
  public enum Judgement {
    /// Most of a request's time, or what keeps requests from being sent.
    CAUSE,
    /// A tenth of it or more.
    PART,
    /// It can't be this.
    CLEARED,
    /// It could not be measured.
    UNKNOWN
  }

  private static final double MOST = 0.5;
  private static final double NOTICEABLE = 0.1;

  static Judgement share(double ofRequest) {
    return ofRequest >= MOST
        ? Judgement.CAUSE
        : ofRequest >= NOTICEABLE ? Judgement.PART : Judgement.CLEARED;
  }
}
