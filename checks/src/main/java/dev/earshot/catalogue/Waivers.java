package dev.earshot.catalogue;

import dev.earshot.check.Card;
import dev.earshot.check.CheckInfo;
import dev.earshot.check.Finding;
import dev.earshot.check.Fleet;
import dev.earshot.check.Measurement;
import dev.earshot.check.Remedy;
import dev.earshot.check.Severity;
import dev.earshot.check.Subject;
import dev.earshot.check.Verdict;
import dev.earshot.check.Waiver;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Stream;

/// Takes waived failures out of the count, and judges the waivers themselves.
final class Waivers {

  private static final long NOTICE_DAYS = 14;

  private static final CheckInfo INFO =
      new CheckInfo(
          "earshot.waivers",
          "Every waiver holds, and for more than a fortnight",
          Severity.HIGH,
          """
          Whoever waived a failure promised to look at it again by a day. Past that day nobody \
          answers for it, and it counts again.\
          """,
          new Card(
              List.of(),
              List.of(
                  new Card.Threshold("past its last day: high", "earshot.yml"),
                  new Card.Threshold(
                      "%d days or less are left: info".formatted(NOTICE_DAYS),
                      "time enough to plan what mends it"),
                  new Card.Threshold(
                      "covers nothing that its check told of: info",
                      "it would not do what whoever wrote it expects")),
              "date -u +%F   # beside 'expires' in earshot.yml",
              "Mend what was waived and remove the waiver, or have its owner set another day. Where it covers nothing, name what the findings are about: from and to for pairs and paths, hosts for the rest."));

  private Waivers() {}

  static List<Finding> apply(Fleet fleet, List<Finding> findings) {
    return Stream.concat(
            findings.stream().map(fleet::waived),
            fleet.policy().waivers().stream()
                .map(waiver -> judge(waiver, fleet.day(), misses(fleet, waiver, findings))))
        .toList();
  }

  /// Of a host that could not be reached, no check has told anything.
  private static boolean misses(Fleet fleet, Waiver waiver, List<Finding> findings) {
    return waiver.misses(findings)
        && fleet.hosts().stream()
            .filter(host -> waiver.named().contains(host.name()))
            .allMatch(host -> host.unreachable().isEmpty());
  }

  private static Finding judge(Waiver waiver, LocalDate day, boolean misses) {
    Subject subject = new Subject.OfEntry("waiver of " + waiver.name(), waiver.origin());
    long left = ChronoUnit.DAYS.between(day, waiver.expires());
    String because =
        "%s: %s on %s, %s; %s answers for it"
            .formatted(
                subject.label(),
                left < 0 ? "expired" : "expires",
                waiver.expires(),
                left < 0 ? days(-left) + " ago" : left == 0 ? "today" : "in " + days(left),
                waiver.owner());
    Measurement measured =
        Measurement.limited(
            "waiverDaysLeft", left, left < 0 ? 0 : NOTICE_DAYS, waiver.origin().toString());
    if (left >= 0 && misses) {
      return Finding.of(
              INFO,
              subject,
              new Verdict.Fail(
                  Severity.INFO,
                  "%s; it covers nothing that %s told of".formatted(because, waiver.check())),
              measured)
          .with(
              new Remedy(
                  "Name in %s what the check's findings are about, or remove the waiver: from and to are for pairs and paths, hosts has to hold all hosts of a finding, detail is the thing on the host."
                      .formatted(waiver.origin()),
                  "",
                  List.of(
                      "earshot report EVIDENCE -v   # what %s tells of"
                          .formatted(waiver.check()))));
    }
    if (left > NOTICE_DAYS) {
      return Finding.of(INFO, subject, new Verdict.Pass(because), measured);
    }
    return Finding.of(
            INFO,
            subject,
            new Verdict.Fail(left < 0 ? Severity.HIGH : Severity.INFO, because),
            measured)
        .with(
            new Remedy(
                "Mend what was waived and remove the waiver, or have its owner set another day in %s."
                    .formatted(waiver.origin()),
                "",
                List.of("earshot checks %s   # why it matters".formatted(waiver.check()))));
  }

  private static String days(long number) {
    return number == 1 ? "1 day" : number + " days";
  }
}
