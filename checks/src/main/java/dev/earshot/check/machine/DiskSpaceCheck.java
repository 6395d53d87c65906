package dev.earshot.check.machine;

import dev.earshot.check.Card;
import dev.earshot.check.Card.Threshold;
import dev.earshot.check.Check;
import dev.earshot.check.CheckInfo;
import dev.earshot.check.Finding;
import dev.earshot.check.Fleet;
import dev.earshot.check.Limit;
import dev.earshot.check.Measurement;
import dev.earshot.check.Quoted;
import dev.earshot.check.Remedy;
import dev.earshot.check.Severity;
import dev.earshot.check.Subject;
import dev.earshot.check.Thresholds;
import dev.earshot.check.Verdict;
import dev.earshot.evidence.Bytes;
import dev.earshot.evidence.Evidence;
import dev.earshot.evidence.Filesystem;
import dev.earshot.evidence.HostEvidence;
import dev.earshot.evidence.Percent;
import dev.earshot.evidence.PostgresSettings;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// A database stops when its file system has no room, be it for bytes or for files (inodes), or
/// when the kernel has made it read-only after an error.
///
/// Limits: below 10 % there is time to act, below 5 % there is hardly any: ext4 keeps 5 % for root,
/// and most monitoring warns at these two. 50 GiB are enough, whatever share they are. What only
/// holds things that nobody writes all day is one step less severe.
public final class DiskSpaceCheck implements Check {

  private static final String ID = "machine.disk-space";

  private static final Limit.Share LITTLE = new Limit.Share(ID, "little", new Percent(10));
  private static final Limit.Share HARDLY_ANY =
      new Limit.Share(ID, "hardly_any", new Percent(5), LITTLE);
  private static final Bytes ENOUGH = new Bytes(50L << 30);

  /// Where services, logs, containers and people write.
  private static final List<String> WRITTEN =
      List.of("/var", "/srv", "/home", "/opt", "/data", "/tmp");

  @Override
  public CheckInfo info() {
    return new CheckInfo(
        ID,
        "File systems have room for bytes and files, and can be written to",
        Severity.HIGH,
        """
        A database whose file system is full stops, and so does whatever writes logs. A file system \
        without inodes is as full as one without bytes, and one that turned read-only after an error \
        looks well until something is written.\
        """,
        new Card(
            List.of(Filesystem.PROBE.id()),
            List.of(
                new Threshold(
                    "less than 10 % and less than 50 GiB free: medium",
                    "the usual first warning; there is time to act", LITTLE),
                new Threshold(
                    "less than 5 % and less than 50 GiB free: high",
                    "ext4 keeps 5 % for root alone (mke2fs -m)", HARDLY_ANY),
                new Threshold("inodes: the same shares", "as with bytes"),
                new Threshold(
                    "elsewhere than /, /var, /srv, /home, /opt, /data, /tmp and PostgreSQL's data:"
                        + " one step less",
                    "our own choice: /boot fills up, but nothing stops")),
            "df -h; df -i; grep ' ro[ ,]' /proc/mounts   # the fullest, those without inodes, those"
                + " that can't be written to",
            "Make room or enlarge the file system; a read-only one wants its disk looked at first"
                + " (dmesg)."));
  }

  @Override
  public List<Finding> judge(Fleet fleet) {
    return fleet.hosts().stream().map(host -> judge(host, fleet.policy().thresholds())).toList();
  }

  private Finding judge(HostEvidence host, Thresholds thresholds) {
    Subject subject = Subject.host(host.name());
    return switch (host.filesystems()) {
      case Evidence.Uncollected<List<Filesystem>>(String reason) ->
          Finding.of(
              info(),
              subject,
              new Verdict.Unknown("%s: file systems: %s".formatted(host.name(), reason)));
      case Evidence.Absent<List<Filesystem>>() ->
          Finding.of(info(), subject, new Verdict.NotApplicable(host.name() + " has no df"));
      case Evidence.Collected<List<Filesystem>>(List<Filesystem> all) ->
          new Survey(host, all, thresholds).finding(info());
    };
  }

  /// One look at one host.
  private static final class Survey {

    private final HostEvidence host;
    private final List<Filesystem> all;
    private final Percent little;
    private final Percent hardlyAny;
    private final List<String> shortages = new ArrayList<>();
    private final List<Measurement> measured = new ArrayList<>();
    private Severity worst = Severity.LOW;

    Survey(HostEvidence host, List<Filesystem> all, Thresholds thresholds) {
      this.host = host;
      this.all = all;
      this.little = thresholds.of(LITTLE);
      this.hardlyAny = thresholds.of(HARDLY_ANY);
      all.forEach(this::look);
      fullest()
          .ifPresent(one ->
              measured.add(
                  Measurement.limited(
                      "filesystemFreePercent",
                      one.freeShare().value(),
                      little.value(),
                      one.mountPoint())));
      fewestInodes()
          .flatMap(Filesystem::inodes)
          .ifPresent(inodes ->
              measured.add(
                  Measurement.limited(
                      "inodesFreePercent",
                      inodes.freeShare().value(),
                      little.value(),
                      fewestInodes().map(Filesystem::mountPoint).orElse(""))));
    }

    private void look(Filesystem one) {
      Severity severe = isWritten(one) ? Severity.HIGH : Severity.MEDIUM;
      Severity less = isWritten(one) ? Severity.MEDIUM : Severity.LOW;
      if (one.freeShare().compareTo(little) < 0 && one.free().compareTo(ENOUGH) < 0) {
        shortage(
            "%s has %s free, %s used (%s free); at least %s is wanted"
                .formatted(named(one), one.free(), one.used(), one.freeShare(), little),
            one.freeShare().compareTo(hardlyAny) < 0 ? severe : less);
      }
      one.inodes()
          .filter(inodes -> inodes.freeShare().compareTo(little) < 0)
          .ifPresent(inodes ->
              shortage(
                  "%s has %d of %d inodes free (%s); at least %s is wanted"
                      .formatted(
                          named(one), inodes.free(), inodes.total(), inodes.freeShare(), little),
                  inodes.freeShare().compareTo(hardlyAny) < 0 ? severe : less));
      if (one.readOnly() && isWritten(one)) {
        shortage(
            "%s is mounted read-only, which /etc/fstab does not ask for".formatted(named(one)),
            Severity.HIGH);
      }
    }

    Finding finding(CheckInfo info) {
      Subject subject = Subject.host(host.name());
      Measurement[] values = measured.toArray(Measurement[]::new);
      if (!shortages.isEmpty()) {
        return Finding.of(
                info,
                subject,
                new Verdict.Fail(worst, host.name() + ": " + String.join("; ", shortages)),
                values)
            .with(remedy());
      }
      String figures =
          String.join(
              ", ",
              Stream.concat(
                      fullest()
                          .map(one ->
                              "%s has %s free, %s used (%s free)"
                                  .formatted(named(one), one.free(), one.used(), one.freeShare()))
                          .stream(),
                      fewestInodes()
                          .map(one ->
                              "%s has %s of its inodes free"
                                  .formatted(
                                      named(one),
                                      one.inodes().map(Filesystem.Inodes::freeShare).orElseThrow()))
                          .stream())
                  .toList());
      return Finding.of(
          info,
          subject,
          all.isEmpty()
              ? new Verdict.NotApplicable(host.name() + " has no file system of its own")
              : new Verdict.Pass("%s: %s; limit %s".formatted(host.name(), figures, little)),
          values);
    }

    private Optional<Filesystem> fullest() {
      return all.stream().min(Comparator.comparing(Filesystem::freeShare));
    }

    private Optional<Filesystem> fewestInodes() {
      return all.stream()
          .filter(one -> one.inodes().isPresent())
          .min(Comparator.comparing(one -> one.inodes().orElseThrow().freeShare()));
    }

    private void shortage(String what, Severity severity) {
      shortages.add(what);
      worst = severity.isAtLeast(worst) ? severity : worst;
    }

    private String named(Filesystem one) {
      return holdsData(one) ? one.mountPoint() + " (PostgreSQL's data)" : one.mountPoint();
    }

    private boolean isWritten(Filesystem one) {
      return one.mountPoint().equals("/")
          || WRITTEN.stream().anyMatch(path -> isWithin(one.mountPoint(), path))
          || holdsData(one);
    }

    /// Of the file systems above a path, the longest mount point has it.
    private boolean holdsData(Filesystem one) {
      return host.postgres().collected().orElse(List.of()).stream()
          .map(settings -> dataDirectory(settings))
          .filter(path -> !path.isEmpty())
          .anyMatch(path ->
              all.stream()
                  .filter(other -> isWithin(path, other.mountPoint()))
                  .max(Comparator.comparingInt(other -> other.mountPoint().length()))
                  .filter(one::equals)
                  .isPresent());
    }

    private static String dataDirectory(PostgresSettings settings) {
      return settings.value("data_directory");
    }

    private static boolean isWithin(String path, String directory) {
      return directory.equals("/") || path.equals(directory) || path.startsWith(directory + "/");
    }

    private Remedy remedy() {
      String name = host.name().value();
      return new Remedy(
          "Remove what nobody needs (old logs, images, backups) or enlarge the file system; where"
              + " one is read-only, see the kernel's log for the disk's errors before mounting it"
              + " anew.",
          """
          - name: Show what fills this host's file systems
            hosts: %s
            become: true
            gather_facts: false
            tasks:
              - name: List the file systems
                ansible.builtin.command:
                  argv: [df, -h]
                register: earshot_shown
                changed_when: false
                failed_when: false
                check_mode: false
              - name: Print it
                ansible.builtin.debug:
                  var: earshot_shown.stdout_lines[:20]
              - name: List their inodes
                ansible.builtin.command:
                  argv: [df, -i]
                register: earshot_shown
                changed_when: false
                failed_when: false
                check_mode: false
              - name: Print it
                ansible.builtin.debug:
                  var: earshot_shown.stdout_lines[:20]
              - name: Remove packages that were downloaded
                ansible.builtin.apt:
                  clean: true
              - name: Keep one week of the journal
                ansible.builtin.command:
                  argv: [journalctl, --vacuum-time=7d]
                when: earshot_allow_disruption | default(false) | bool
          """
              .formatted(Quoted.yaml(name)),
          List.of(
              "df -h; df -i   # on " + Quoted.comment(name),
              "du -xhd1 /var | sort -h | tail   # on " + Quoted.comment(name)));
    }
  }
}
