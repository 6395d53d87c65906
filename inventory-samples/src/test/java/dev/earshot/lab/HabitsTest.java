package dev.earshot.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class HabitsTest {

  @Test
  void a_backend_says_its_version_where_it_is_to_pose_as_lemmy() {
    assertThat(Habits.parse("pool=2").about()).isEqualTo("up\n");
    assertThat(Habits.parse("version=0.19.3", "pool=2").about())
        .isEqualTo(
            "{\"version\":\"2.1\",\"software\":{\"name\":\"lemmy\",\"version\":\"0.19.3\"}}\n");
  }

  @Test
  void what_is_no_habit_is_refused() {
    assertThatThrownBy(() -> Habits.parse("pol=2")).hasMessageContaining("no habit 'pol'");
  }
}
