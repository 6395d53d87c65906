package dev.earshot.plan;

import dev.earshot.check.Card;
import dev.earshot.check.Card.Threshold;
import dev.earshot.check.CheckInfo;
import dev.earshot.check.Finding;
import dev.earshot.check.Measurement;
import dev.earshot.check.Remedy;
import dev.earshot.check.Severity;
import dev.earshot.check.Subject;
import dev.earshot.check.Verdict;
import dev.earshot.evidence.Address;
import dev.earshot.evidence.HostName;
import dev.earshot.evidence.ServiceName;
import dev.earshot.topology.ResolvedName;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Who has looked a name up goes on to the old address until its time to live has passed.
final class NamesCondition implements Condition {

  /// What is common for records that are about to change.
  private static final Duration SHORT = Duration.ofMinutes(5);

  @Override
  public CheckInfo info() {
    return new CheckInfo(
        "plan.dns",
        "No public name leads to the old host",
        Severity.MEDIUM,
        "Who has looked a name up goes on to the old address until its time to live has passed, and senders of other instances no sooner than that.",
        new Card(
            List.of("dns.names", "network.addresses"),
            List.of(
                new Threshold(
                    "more than %d s to live: medium, else low".formatted(SHORT.toSeconds()),
                    "the five minutes that are common for records about to change")),
            "dig +noall +answer lemmy.example.org A lemmy.example.org AAAA   # anywhere",
            "Shorten the time to live, wait for the old one to pass, change the record, and let the old host serve until the short one has passed, too."));
  }

  @Override
  public List<Finding> judge(Situation situation) {
    List<ResolvedName> names = situation.fleet().topology().names();
    return names.isEmpty()
        ? List.of(
            Finding.of(
                info(),
                Subject.host(situation.move().from()),
                new Verdict.NotApplicable("no public name of the service is known")))
        : names.stream().map(name -> judge(situation.move(), name)).toList();
  }

  private Finding judge(Move move, ResolvedName name) {
    Subject subject = new Subject.OfHost(move.from(), Optional.of(name.name()));
    if (name.owners().isEmpty()) {
      return Finding.of(
          info(),
          subject,
          name.answer()
              .trouble()
              .<Verdict>map(why -> new Verdict.Unknown("%s: %s".formatted(name.name(), why)))
              .orElseGet(() ->
                  new Verdict.NotApplicable("%s has no address in DNS".formatted(name.name()))));
    }
    List<Address> old = name.addressesOf(move.from());
    if (!old.isEmpty()) {
      return leadsToTheOld(move, name, subject, old);
    }
    return Finding.of(
        info(),
        subject,
        name.hosts().isEmpty()
            ? new Verdict.NotApplicable(
                "%s; no host of the audit has such an address: what stands before the service has to be told of the move"
                    .formatted(name.told()))
            : new Verdict.Pass(name.told()));
  }

  private Finding leadsToTheOld(Move move, ResolvedName name, Subject subject, List<Address> old) {
    Duration life = name.answer().timeToLive().orElse(Duration.ZERO);
    boolean isLong = life.compareTo(SHORT) > 0;
    HostName to = move.to();
    String addresses = old.stream().map(Address::value).collect(Collectors.joining(", "));
    return Finding.of(
            info(),
            subject,
            new Verdict.Fail(
                isLong ? Severity.MEDIUM : Severity.LOW,
                "%s leads to %s (%s)%s: once that is changed, clients may go there for as long as its time to live, %s"
                    .formatted(
                        name.name(),
                        move.from(),
                        addresses,
                        name.hosts().contains(to) ? " and to " + to : "",
                        name.lifeTold())),
            Measurement.limited("timeToLiveSeconds", life.toSeconds(), SHORT.toSeconds(), "dns"))
        .with(
            new Remedy(
                (isLong
                    ? "Set the time to live of %s to %d s at least %d s before the move; then let the record lead to %s, and %s serve until no more requests come."
                        .formatted(
                            name.name(), SHORT.toSeconds(), life.toSeconds(), to, move.from())
                    : "Let %s lead to %s with the move, and %s serve for %d s after it."
                        .formatted(name.name(), to, move.from(), life.toSeconds())),
                "",
                List.of(ServiceName.byHand(name.name()))));
  }
}
