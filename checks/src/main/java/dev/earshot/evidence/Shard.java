package dev.earshot.evidence;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

  public Shard {
    if (number < 1 || number > count || count > MOST) {
      throw new IllegalArgumentException(
          "a part is K of N, K from 1 to N, and N at most %d: %d of %d"
              .formatted(MOST, number, count));
    }
  }

  /// The hosts of this part.
  public Set<HostName> of(Collection<HostName> fleet) {
    return parts(fleet, count).entrySet().stream()
        .filter(host -> host.getValue().equals(this))
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  /// Which part asks which host.
  ///
  /// @param count of all parts
  public static Map<HostName, Shard> parts(Collection<HostName> fleet, int count) {
    List<HostName> sorted =
        fleet.stream().sorted((one, other) -> one.value().compareTo(other.value())).toList();
    return IntStream.range(0, sorted.size())
        .boxed()
        .collect(Collectors.toMap(sorted::get, at -> new Shard(at % count + 1, count)));
  }

  /// How many hosts of so many this part has.
  public int size(int fleet) {
    return (fleet + count - number) / count;
  }

  /// Why there are no answers of its hosts where this part is not.
  public String missing() {
    return "part %s, which asks it, is missing".formatted(this);
  }

  /// `2 of 5`
  @Override
  public String toString() {
    return number + " of " + count;
  }
}
