package dev.earshot.policy;

import dev.earshot.catalogue.Checks;
import dev.earshot.check.Limit;
import dev.earshot.evidence.Percent;
import dev.earshot.policy.Declarations.SetLimit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads `thresholds:`: of a check, the limits that its card names.
record LimitsReader(Item item) {

  private static final Pattern TIME = Pattern.compile("(\\d{1,9})\\s*(ms|s|min|h|d)");
  private static final Pattern SHARE = Pattern.compile("(\\d{1,3})\\s*%");

  /// The limits that can be set, by the id of their check and their own name.
  static Map<String, Map<String, Limit>> known() {
    Map<String, Map<String, Limit>> known = new LinkedHashMap<>();
    Checks.ALL.stream()
        .flatMap(check -> check.info().card().thresholds().stream())
        .flatMap(threshold -> threshold.set().stream())
        .forEach(limit ->
            known
                .computeIfAbsent(limit.check(), _ -> new LinkedHashMap<>())
                .put(limit.name(), limit));
    return known;
  }

  List<SetLimit> read() {
    Map<String, Map<String, Limit>> known = known();
    List<SetLimit> all = new ArrayList<>();
    item.entries(known.keySet())
        .forEach((check, limits) -> {
          Map<String, Limit> ofCheck = known.getOrDefault(check, Map.of());
          if (!ofCheck.isEmpty()) {
            limits
                .entries(ofCheck.keySet())
                .forEach((name, value) ->
                    Optional.ofNullable(ofCheck.get(name))
                        .flatMap(limit -> limit(limit, value))
                        .ifPresent(all::add));
          }
        });
    return all;
  }

  private static Optional<SetLimit> limit(Limit limit, Item value) {
    return switch (limit) {
      case Limit.Time time ->
          value(value, TIME, "a time", "write it like 500ms, 30s, 10min, 2h or 1d")
              .map(match -> new SetLimit.OfTime(time, time(match), value.line()));
      case Limit.Share share ->
          value(value, SHARE, "a share", "write it like 95%")
              .map(match -> Integer.parseInt(match.group(1)))
              .filter(percent -> isShare(percent, value))
              .map(percent -> new SetLimit.OfShare(share, new Percent(percent), value.line()));
    };
  }

  private static boolean isShare(int percent, Item value) {
    if (percent > 100) {
      value.wrong("is more than 100 %", "write it like 95%");
    }
    return percent <= 100;
  }

  private static Optional<Matcher> value(Item value, Pattern form, String what, String advice) {
    Optional<Matcher> match = value.text().map(form::matcher);
    if (match.isPresent() && !match.get().matches()) {
      value.wrong("is not %s".formatted(what), advice);
      return Optional.empty();
    }
    return match;
  }

  private static Duration time(Matcher match) {
    long amount = Long.parseLong(match.group(1));
    return switch (match.group(2)) {
      case "ms" -> Duration.ofMillis(amount);
      case "s" -> Duration.ofSeconds(amount);
      case "min" -> Duration.ofMinutes(amount);
      case "h" -> Duration.ofHours(amount);
      default -> Duration.ofDays(amount);
    };
  }
}
