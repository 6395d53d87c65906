package dev.earshot.cli;

import java.util.Map;
import java.util.Optional;

/// What runs the same command several times at once, and tells each run by its environment which
/// one it is.
///
/// @param label its name
/// @param number of the run, from 1 on
/// @param count of all runs, where it tells that
/// @param doubt why its numbers are no part of a fleet, a sentence that goes on after the option
record Scheduler(
    String label, Optional<Integer> number, Optional<Integer> count, Optional<String> doubt) {

  private Scheduler(String label, Optional<Integer> number, Optional<Integer> count) {
    this(label, number, count, Optional.empty());
  }

  /// What is to be said where none of them tells it.
  static final String NOT_SET =
      "JOB_COMPLETION_INDEX, CI_NODE_INDEX and SLURM_ARRAY_TASK_ID are not set";

  private static final Scheduler NOBODY =
      new Scheduler("nobody", Optional.empty(), Optional.empty());

  /// The one that started this process; the inner one where a job of one starts jobs of another.
  ///
  /// Kubernetes counts from 0 and does not tell how many there are; GitLab counts from 1; a Slurm
  /// array counts as its user says, from the least in steps.
  static Scheduler of(Map<String, String> environment) {
    if (environment.containsKey("SLURM_ARRAY_TASK_ID")) {
      return slurm(environment);
    }
    if (environment.containsKey("JOB_COMPLETION_INDEX")) {
      return new Scheduler(
          "Kubernetes",
          number(environment, "JOB_COMPLETION_INDEX").map(index -> index + 1),
          Optional.empty());
    }
    return environment.containsKey("CI_NODE_INDEX")
        ? new Scheduler(
            "GitLab", number(environment, "CI_NODE_INDEX"), number(environment, "CI_NODE_TOTAL"))
        : NOBODY;
  }

  /// An array of the one task 3 is not the only part of a fleet, but one of another array's that is
  /// run once more.
  private static Scheduler slurm(Map<String, String> environment) {
    int least = number(environment, "SLURM_ARRAY_TASK_MIN").orElse(0);
    int step = Math.max(1, number(environment, "SLURM_ARRAY_TASK_STEP").orElse(1));
    Optional<Integer> task = number(environment, "SLURM_ARRAY_TASK_ID");
    Optional<Integer> count = number(environment, "SLURM_ARRAY_TASK_COUNT");
    return new Scheduler(
        "Slurm",
        task.map(id -> (id - least) / step + 1),
        count,
        task.filter(id -> id > 1 && count.equals(Optional.of(1)))
            .map(id ->
                "the Slurm array has no task but %d, so which part this is can't be told: write K/N, as the whole array had it"
                    .formatted(id)));
  }

  private static Optional<Integer> number(Map<String, String> environment, String variable) {
    return Optional.ofNullable(environment.get(variable))
        .filter(text -> text.matches("\\d{1,9}"))
        .map(Integer::valueOf);
  }
}
