package dev.earshot.policy;

import dev.earshot.catalogue.Checks;
import dev.earshot.check.Limit;
import dev.earshot.evidence.Percent;
import dev.earshot.policy.Declarations.SetLimit;
import dev.earshot.text.TimeText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads `thresholds:`: of a check, the limits that its card names.
record LimitsReader(Item item) {

  private static final Percent ALL = new Percent(100);

  private static final Pattern SHARE = Pattern.compile("(\\d{1,3}(?:\\.\\d{1,3})?)\\s*%");

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

  /// A worse limit that is passed before the milder one would never, or alone, be heard of.
  List<SetLimit> read() {
    Map<String, Map<String, Limit>> known = known();
    List<SetLimit> all = each(known);
    LimitOrder order = new LimitOrder(item, all);
    known.values().stream().flatMap(limits -> limits.values().stream()).forEach(order::check);
    return all;
  }

  private List<SetLimit> each(Map<String, Map<String, Limit>> known) {
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
          read(value, TimeText::read, "a time", "write it like 500ms, 30s, 10min, 2h or 1d")
              .map(set -> new SetLimit.OfTime(time, set, value.line()));
      case Limit.Share share ->
          read(value, LimitsReader::share, "a share", "write it like 95%")
              .filter(percent -> isShare(percent, value))
              .map(percent -> new SetLimit.OfShare(share, percent, value.line()));
    };
  }

  private static boolean isShare(Percent percent, Item value) {
    boolean most = percent.compareTo(ALL) <= 0;
    if (!most) {
      value.wrong("is more than 100 %", "write it like 95%");
    }
    return most;
  }

  private static <T> Optional<T> read(
      Item value, Function<String, Optional<T>> reader, String what, String advice) {
    Optional<String> text = value.text();
    Optional<T> read = text.flatMap(reader);
    if (text.isPresent() && read.isEmpty()) {
      value.wrong("is not %s".formatted(what), advice);
    }
    return read;
  }

  private static Optional<Percent> share(String text) {
    return Optional.of(SHARE.matcher(text))
        .filter(Matcher::matches)
        .map(share -> new Percent(Double.parseDouble(share.group(1))));
  }
}
