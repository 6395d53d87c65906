package dev.earshot.evidence;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// One of the parts into which a fleet is cut, so that several machines can ask it at once.
///
/// A part asks every count-th host in the order of their names. So its hosts follow from the
/// inventory alone, and no part has more than one host more than another.
///
/// @param number from 1 on
/// @param count of all parts
public record Shard(int number, int count) {

  /// More parts than this nobody waits for.
  public static final int MOST = 1000;

  private static final String ELSEWHERE = "it is asked by another part: this one is ";
  private static final Pattern MISSING =
      Pattern.compile("part (\\d{1,4}) of (\\d{1,4}), which asked it, is missing");

  public Shard {
    if (!isPart(number, count)) {
      throw new IllegalArgumentException(
          "a part is K of N, K from 1 to N, and N at most %d: %d of %d"
              .formatted(MOST, number, count));
    }
  }

  /// The hosts of this part.
  public Set<HostName> of(Collection<HostName> fleet) {
    List<HostName> sorted =
        fleet.stream().sorted((one, other) -> one.value().compareTo(other.value())).toList();
    return IntStream.range(0, sorted.size())
        .filter(at -> at % count == number - 1)
        .mapToObj(sorted::get)
        .collect(Collectors.toSet());
  }

  /// How many hosts of so many this part has.
  public int size(int fleet) {
    return (fleet + count - number) / count;
  }

  /// Why a host that another part asks has no answers in this one.
  public String elsewhere() {
    return ELSEWHERE + this;
  }

  /// Why a host has no answers whose part nobody gave.
  public String missing() {
    return "part %s, which asked it, is missing".formatted(this);
  }

  /// The part that is missing, where that is why a host has no answers.
  public static Optional<Shard> missing(String reason) {
    Matcher missing = MISSING.matcher(reason);
    if (!missing.matches()) {
      return Optional.empty();
    }
    int number = Integer.parseInt(missing.group(1));
    int count = Integer.parseInt(missing.group(2));
    return isPart(number, count) ? Optional.of(new Shard(number, count)) : Optional.empty();
  }

  /// Whether that is why a host has no answers: it was another part's to ask.
  static boolean leftOut(String reason) {
    return reason.startsWith(ELSEWHERE) || missing(reason).isPresent();
  }

  private static boolean isPart(int number, int count) {
    return number >= 1 && number <= count && count <= MOST;
  }

  /// `2 of 5`
  @Override
  public String toString() {
    return number + " of " + count;
  }
}
