package dev.earshot.policy;

import dev.earshot.catalogue.Checks;
import dev.earshot.check.Check;
import dev.earshot.check.CheckInfo;
import dev.earshot.check.Profile;
import dev.earshot.check.Severity;
import dev.earshot.inventory.HostPattern;
import dev.earshot.inventory.Location;
import dev.earshot.inventory.Problem;
import dev.earshot.plan.Plan;
import dev.earshot.policy.Declarations.Custom;
import dev.earshot.policy.Declarations.DeclaredRole;
import dev.earshot.policy.Declarations.DeclaredWaiver;
import dev.earshot.policy.Declarations.IgnoredFlow;
import dev.earshot.policy.Declarations.Pattern;
import dev.earshot.text.NearNames;
import dev.earshot.text.TimeText;
import dev.earshot.topology.Role;
import java.time.Duration;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Makes declarations of the file's nodes. Everything that is wrong is told, not only the first.
final class PolicyReader {

  static final List<String> KEYS =
      List.of(
          "window",
          "profile",
          "fail_on",
          "roles",
          "thresholds",
          "ignored_flows",
          "waivers",
          "checks");

  private static final Duration SHORTEST_WINDOW = Duration.ofSeconds(1);
  private static final Duration LONGEST_WINDOW = Duration.ofHours(1);

  private final Item root;
  private final Set<String> checks =
      Stream.concat(Checks.ALL.stream().map(Check::info), Plan.conditions().stream())
          .map(CheckInfo::id)
          .collect(Collectors.toCollection(TreeSet::new));

  PolicyReader(Item root) {
    this.root = root;
  }

  Declarations read() {
    Map<String, Item> top = root.entries(KEYS);
    CustomReader own = new CustomReader();
    List<Custom> custom = each(top.get("checks"), own::read);
    checks.addAll(own.ids());
    return new Declarations(
        Optional.of(root.file()),
        Optional.ofNullable(top.get("window")).flatMap(this::window),
        Optional.ofNullable(top.get("profile"))
            .flatMap(item -> oneOf(item, Profile.Intent.values(), Profile.Intent::label)),
        Optional.ofNullable(top.get("fail_on"))
            .flatMap(item -> oneOf(item, Severity.values(), Severity::label)),
        Optional.ofNullable(top.get("roles")).map(this::roles).orElse(List.of()),
        Optional.ofNullable(top.get("thresholds"))
            .map(item -> new LimitsReader(item).read())
            .orElse(List.of()),
        each(top.get("ignored_flows"), this::ignoredFlow),
        distinct(each(top.get("waivers"), this::waiver)),
        custom);
  }

  private static <T> List<T> each(@Nullable Item list, Function<Item, Optional<T>> read) {
    return list == null
        ? List.of()
        : list.list().stream().flatMap(item -> read.apply(item).stream()).toList();
  }

  private Optional<Duration> window(Item item) {
    Optional<String> text = item.text();
    Optional<Duration> window =
        text.flatMap(TimeText::readSeconds)
            .filter(some ->
                some.isZero()
                    || (some.compareTo(SHORTEST_WINDOW) >= 0
                        && some.compareTo(LONGEST_WINDOW) <= 0));
    if (text.isPresent() && window.isEmpty()) {
      item.wrong(
          "is no time between a second and an hour: " + text.get(),
          "write it like 10s or 2m, or 0 for a single sample");
    }
    return window;
  }

  static <T> Optional<T> oneOf(Item item, T[] values, Function<T, String> label) {
    Optional<String> text = item.text();
    Optional<T> value =
        text.flatMap(word ->
            Arrays.stream(values).filter(each -> label.apply(each).equals(word)).findFirst());
    if (text.isPresent() && value.isEmpty()) {
      List<String> labels = Arrays.stream(values).map(label).toList();
      item.wrong(
          "can't be %s%s".formatted(text.get(), NearNames.didYouMean(text.get(), labels)),
          "write one of " + String.join(", ", labels));
    }
    return value;
  }

  private List<DeclaredRole> roles(Item item) {
    List<DeclaredRole> all = new ArrayList<>();
    item.entries()
        .forEach((hosts, value) -> {
          Set<Role> roles = EnumSet.noneOf(Role.class);
          value
              .oneOrMore()
              .forEach(each -> oneOf(each, Role.values(), Role::label).ifPresent(roles::add));
          all.add(new DeclaredRole(new Pattern(HostPattern.parse(hosts), value.line()), roles));
        });
    return all;
  }

  private Optional<IgnoredFlow> ignoredFlow(Item item) {
    Map<String, Item> entries = item.entries(List.of("from", "to", "port", "reason"));
    Optional<String> reason = item.required(entries, "reason").flatMap(Item::text);
    Optional<Integer> port = Optional.ofNullable(entries.get("port")).flatMap(PolicyReader::port);
    Optional<Pattern> from = pattern(entries, "from");
    Optional<Pattern> to = pattern(entries, "to");
    if (from.isEmpty() && to.isEmpty() && !entries.isEmpty()) {
      item.wrong("names no hosts: it would ignore every flow", "add from: or to:");
    }
    return reason.map(why -> new IgnoredFlow(from, to, port, why, item.line()));
  }

  private static Optional<Integer> port(Item item) {
    Optional<Double> number = item.number();
    Optional<Integer> port =
        number
            .filter(some -> some == Math.rint(some) && some >= 1 && some <= 65535)
            .map(Double::intValue);
    if (number.isPresent() && port.isEmpty()) {
      item.wrong("is no port", "write a whole number from 1 to 65535");
    }
    return port;
  }

  private Optional<DeclaredWaiver> waiver(Item item) {
    Map<String, Item> entries =
        item.entries(
            List.of("check", "hosts", "from", "to", "detail", "reason", "owner", "expires"));
    Optional<String> check = item.required(entries, "check").flatMap(this::check);
    Optional<String> reason = item.required(entries, "reason").flatMap(Item::text);
    Optional<String> owner = item.required(entries, "owner").flatMap(Item::text);
    Optional<LocalDate> expires = item.required(entries, "expires").flatMap(PolicyReader::day);
    if (entries.containsKey("hosts")
        && (entries.containsKey("from") || entries.containsKey("to"))) {
      item.wrong(
          "has hosts beside from or to", "write hosts for single hosts, from and to for pairs");
    }
    Optional<Pattern> hosts = pattern(entries, "hosts");
    Optional<Pattern> from = pattern(entries, "from");
    Optional<Pattern> to = pattern(entries, "to");
    Optional<String> detail = Optional.ofNullable(entries.get("detail")).flatMap(Item::text);
    return check.isEmpty() || reason.isEmpty() || owner.isEmpty() || expires.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new DeclaredWaiver(
                check.get(),
                hosts,
                from,
                to,
                detail,
                reason.get(),
                owner.get(),
                expires.get(),
                item.line()));
  }

  private Optional<String> check(Item item) {
    Optional<String> id = item.text();
    if (id.isPresent() && !checks.contains(id.get())) {
      item.wrong(
          "names no check: %s%s".formatted(id.get(), NearNames.didYouMean(id.get(), checks)),
          "'earshot checks' lists them, and a plan names its own");
    }
    return id.filter(checks::contains);
  }

  private static Optional<LocalDate> day(Item item) {
    Optional<String> text = item.text();
    try {
      return text.map(LocalDate::parse);
    } catch (DateTimeParseException _) {
      item.wrong("is no day: " + text.orElse(""), "write it like 2027-01-31");
      return Optional.empty();
    }
  }

  static Optional<Pattern> pattern(Map<String, Item> entries, String key) {
    return Optional.ofNullable(entries.get(key))
        .flatMap(
            item -> item.text().map(text -> new Pattern(HostPattern.parse(text), item.line())));
  }

  /// Two of the same scope could not be told apart.
  private List<DeclaredWaiver> distinct(Collection<DeclaredWaiver> waivers) {
    Set<String> names = new HashSet<>();
    for (DeclaredWaiver waiver : waivers) {
      if (!names.add(waiver.name())) {
        root.problems()
            .add(
                Problem.error(
                    new Location(root.file(), waiver.line()),
                    waiver.name() + " is waived twice",
                    "keep one of them"));
      }
    }
    return List.copyOf(waivers);
  }
}
