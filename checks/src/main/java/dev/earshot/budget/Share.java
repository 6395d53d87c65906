package dev.earshot.budget;

import dev.earshot.budget.Suspect.Judgement;
import dev.earshot.evidence.Arrivals;
import dev.earshot.evidence.Millis;
import dev.earshot.evidence.Percent;
import java.time.Duration;
import java.util.Optional;

/// How much of a path's request a part of it is.
///
/// Where nobody measured a request as a whole, its parts add up to the least that it takes. What is
/// little of that is little of the whole, too, but what is most of it need not be most of the
/// whole: it is the cause only where it alone keeps the sender from getting through.
///
/// @param arrivals what the busiest sender has to get through, if the admin said so
record Share(RequestCost cost, Optional<Arrivals> arrivals) {

  Judgement judge(Duration time) {
    return judge(time, cost.requestTime());
  }

  private Judgement judge(Duration time, Duration whole) {
    Judgement known = Suspect.share(Millis.ratio(time, whole));
    return known == Judgement.CAUSE && cost.measured().isEmpty() && !isTooMuch(time)
        ? Judgement.PART
        : known;
  }

  /// `506 ms of 533 ms (95 %): because`
  Suspect suspect(String id, String title, Duration time, String because) {
    return suspect(id, title, time, cost.requestTime(), because);
  }

  /// The same of a time that the request's may not hold.
  ///
  /// @param whole a request's time with it
  Suspect suspect(String id, String title, Duration time, Duration whole, String because) {
    boolean measured = cost.measured().isPresent();
    Judgement judgement = judge(time, whole);
    return new Suspect(
        id,
        title,
        judgement,
        "%s of %s (%s%s): %s%s"
            .formatted(
                Millis.format(time),
                Millis.format(whole),
                Percent.ofRatio(Millis.ratio(time, whole)),
                measured ? "" : " of what is known",
                because,
                measured || judgement != Judgement.CAUSE ? "" : tooMuch(time)));
  }

  private boolean isTooMuch(Duration time) {
    return arrivals.filter(arriving -> arriving.behind(RequestCost.ceiling(time)) > 0).isPresent();
  }

  private String tooMuch(Duration time) {
    return arrivals
        .map(arriving ->
            "; whatever the rest takes, this alone lets no more than %s through, and %s arrive"
                .formatted(arriving.capacity(RequestCost.ceiling(time)), arriving.rate()))
        .orElse("");
  }
}
