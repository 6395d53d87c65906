package dev.earshot.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShardOptionsTest {

  private static ShardOptions given(String shard) {
    ShardOptions options = new ShardOptions();
    options.shard = shard;
    return options;
  }

  /// `NAME=VALUE` with blanks between.
  private static Map<String, String> environment(String text) {
    return Pattern.compile("(\\S+)=(\\S+)")
        .matcher(text)
        .results()
        .collect(Collectors.toMap(each -> each.group(1), each -> each.group(2)));
  }

  @Test
  void without_it_the_whole_fleet_is_asked() {
    assertThat(new ShardOptions().shard(environment("CI_NODE_INDEX=1 CI_NODE_TOTAL=2"))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "2/5, '', 2 of 5",
    "2/5, CI_NODE_INDEX=1 CI_NODE_TOTAL=3, 2 of 5",
    "auto, CI_NODE_INDEX=1 CI_NODE_TOTAL=3, 1 of 3",
    "auto/4, JOB_COMPLETION_INDEX=0, 1 of 4",
    "auto/4, JOB_COMPLETION_INDEX=3, 4 of 4",
    "3/4, SLURM_ARRAY_TASK_ID=3 SLURM_ARRAY_TASK_MIN=3 SLURM_ARRAY_TASK_COUNT=1, 3 of 4",
    "auto, SLURM_ARRAY_TASK_ID=1 SLURM_ARRAY_TASK_MIN=1 SLURM_ARRAY_TASK_COUNT=1, 1 of 1",
    "auto, SLURM_ARRAY_TASK_ID=0 SLURM_ARRAY_TASK_MIN=0 SLURM_ARRAY_TASK_COUNT=3, 1 of 3",
    "auto, SLURM_ARRAY_TASK_ID=3 SLURM_ARRAY_TASK_MIN=1 SLURM_ARRAY_TASK_COUNT=3, 3 of 3",
    "auto, SLURM_ARRAY_TASK_ID=14 SLURM_ARRAY_TASK_MIN=10 SLURM_ARRAY_TASK_STEP=2 SLURM_ARRAY_TASK_COUNT=4, 3 of 4",
  })
  void the_part_is_what_the_user_or_the_scheduler_says(
      String shard, String environment, String expected) {
    assertThat(given(shard).shard(environment(environment)))
        .hasToString("Optional[" + expected + "]");
  }

  @ParameterizedTest
  @CsvSource({
    "two, '', 'is K/N, such as 2/5, or auto: ''two'''",
    "2, '', 'is K/N'",
    "6/5, '', 'K from 1 to N'",
    "0/5, '', 'K from 1 to N'",
    "auto, '', 'no scheduler says which part this is'",
    "auto/3, CI_NODE_INDEX=x, 'no scheduler says which part this is'",
    "auto, JOB_COMPLETION_INDEX=1, 'Kubernetes does not say how many parts there are: write auto/N'",
    "auto/2, JOB_COMPLETION_INDEX=2, 'K from 1 to N'",
    "auto, SLURM_ARRAY_TASK_ID=3 SLURM_ARRAY_TASK_MIN=3 SLURM_ARRAY_TASK_COUNT=1, 'has no task but 3, so which part this is can''t be told: write K/N'",
    "auto/4, SLURM_ARRAY_TASK_ID=3 SLURM_ARRAY_TASK_MIN=3 SLURM_ARRAY_TASK_COUNT=1, 'write K/N'",
  })
  void what_is_no_part_is_refused_in_a_sentence(String shard, String environment, String sentence) {
    assertThatThrownBy(() -> given(shard).shard(environment(environment)))
        .isInstanceOfSatisfying(
            UsageException.class,
            refused ->
                assertThat(refused.problems()).singleElement().asString().contains(sentence));
  }
}
