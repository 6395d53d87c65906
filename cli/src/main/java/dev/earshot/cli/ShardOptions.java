package dev.earshot.cli;

import dev.earshot.evidence.Shard;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Which part of the fleet this machine asks, as the user or a scheduler says.
final class ShardOptions {

  private static final String AUTO = "auto";

  private static final Pattern WRITTEN = Pattern.compile("(\\d{1,9}|auto)(?:/(\\d{1,9}))?");

  @Option(
      names = "--shard",
      paramLabel = "K/N",
      description =
          "Ask only part K of N; 'earshot merge' joins the parts. 'auto' takes both numbers from GitLab's or Slurm's variables, 'auto/N' takes K from a Kubernetes Job's.")
  @Nullable String shard;

  /// The part, if it is not all.
  ///
  /// @throws UsageException if that is no part, or no scheduler says which
  Optional<Shard> shard(Map<String, String> environment) {
    if (shard == null) {
      return Optional.empty();
    }
    Matcher written = WRITTEN.matcher(shard);
    if (!written.matches() || (!shard.equals(AUTO) && written.group(2) == null)) {
      throw refusal("--shard is K/N, such as 2/5, or auto: '%s'".formatted(shard));
    }
    Scheduler scheduler = Scheduler.of(environment);
    Optional<Integer> count =
        Optional.ofNullable(written.group(2)).map(Integer::valueOf).or(scheduler::count);
    if (written.group(1).equals(AUTO) && scheduler.doubt().isPresent()) {
      throw refusal("--shard %s: %s".formatted(shard, scheduler.doubt().get()));
    }
    Optional<Integer> number =
        written.group(1).equals(AUTO)
            ? scheduler.number()
            : Optional.of(Integer.valueOf(written.group(1)));
    if (number.isEmpty()) {
      throw refusal(
          "--shard %s: no scheduler says which part this is (%s)"
              .formatted(shard, Scheduler.NOT_SET));
    }
    if (count.isEmpty()) {
      throw refusal(
          "--shard auto: %s does not say how many parts there are: write auto/N"
              .formatted(scheduler.label()));
    }
    try {
      return Optional.of(new Shard(number.get(), count.get()));
    } catch (IllegalArgumentException wrong) {
      throw refusal("--shard %s: %s".formatted(shard, wrong.getMessage()));
    }
  }

  private static UsageException refusal(String problem) {
    return new UsageException(List.of(problem));
  }
}
