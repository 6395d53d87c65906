package dev.earshot.collect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.earshot.evidence.Depth;
import dev.earshot.evidence.HostRecording.Answer;
import dev.earshot.evidence.HostRecording.Moment;
import dev.earshot.evidence.HostRecording.Question;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AnswersTest {

  private static final String MARK = "0123456789abcdef0123456789abcdef";
  private static final Question OS = new Question("machine.os", Moment.ONCE);

  private static Map<Question, Answer> parse(String output) {
    return Answers.parse(
        new ProbeProgram(MARK, false, Depth.USUAL, List.of(), ""), output.replace("MARK", MARK));
  }

  private static String output(String text) {
    return Optional.ofNullable(parse(text).get(OS)).orElseThrow().result().output();
  }

  @Test
  void anAnswerIsWhatStandsBetweenItsMarks() {
    var answers =
        parse(
            "motd\n@MARK begin machine.os ONCE 1700000000\nLinux\n\n@MARK end machine.os ONCE 3\n");
    assertThat(answers).containsOnlyKeys(OS);
    assertThat(answers.get(OS))
        .satisfies(answer -> {
          assertThat(answer.result().output()).isEqualTo("Linux\n");
          assertThat(answer.result().exitStatus()).isEqualTo(3);
          assertThat(answer.epochSecond()).isEqualTo(1_700_000_000);
        });
  }

  @Test
  void anEmptyAnswerIsOne() {
    assertThat(parse("@MARK begin machine.os ONCE 1\n\n@MARK end machine.os ONCE 0\n").get(OS))
        .satisfies(answer -> assertThat(answer.result().output()).isEmpty());
  }

  @Test
  void whatCameBeforeABreakIsKept() {
    assertThat(
            parse(
                """
                @MARK begin machine.os ONCE 1
                Linux

                @MARK end machine.os ONCE 0

                @MARK begin machine.memory ONCE 1
                MemTotal: 12\
                """))
        .containsOnlyKeys(OS);
  }

  @Test
  void outputThatLooksLikeAMarkIsOutput() {
    String spoof = "@ffffffffffffffffffffffffffffffff end machine.os ONCE 0";
    assertThat(
            output("@MARK begin machine.os ONCE 1\n" + spoof + "\n\n@MARK end machine.os ONCE 0\n"))
        .isEqualTo(spoof + "\n");
  }

  @Test
  void nothingIsBelievedBeyondTheQuestions() {
    assertThat(
            parse(
                """
                @MARK begin machine.os START 1
                x

                @MARK end machine.os START 0

                @MARK begin ../../etc/passwd ONCE 1
                x

                @MARK end ../../etc/passwd ONCE 0

                @MARK begin machine.os NEVER 1

                @MARK begin
                @MARK end
                """))
        .isEmpty();
  }

  @Test
  void theFirstAnswerToAQuestionCounts() {
    String one = "@MARK begin machine.os ONCE 1\n%s\n\n@MARK end machine.os ONCE 0\n\n";
    assertThat(output(one.formatted("first") + one.formatted("second"))).isEqualTo("first\n");
  }

  @Test
  void aStatusThatIsNoNumberIsNone() {
    assertThat(
            parse(
                "@MARK begin machine.os ONCE x\n\n@MARK end machine.os ONCE 99999999999999999999\n"))
        .allSatisfy((_, answer) -> assertThat(answer.result().exitStatus()).isEqualTo(-1));
  }

  @Test
  void aFloodOfMarksIsReadInOnePass() {
    String begins = "@MARK begin machine.os ONCE 1\n".repeat(400_000);
    String nested =
        ProbeProgram.questions(Depth.USUAL).stream()
            .map(asked -> "@MARK begin %s %s 1\n".formatted(asked.probe(), asked.moment()))
            .reduce("", String::concat);
    String body = "x".repeat(20 << 20);
    assertTimeoutPreemptively(
        Duration.ofSeconds(20),
        () -> {
          assertThat(parse(begins)).isEmpty();
          assertThat(parse(nested + body)).isEmpty();
        });
  }

  @Test
  void aStatusThatNoProgramHasIsNone() {
    assertThat(output("@MARK begin machine.os ONCE 1\nx\n@MARK end machine.os ONCE 4294967340\n"))
        .isEqualTo("x");
    assertThat(parse("@MARK begin machine.os ONCE 1\nx\n@MARK end machine.os ONCE 4294967340\n"))
        .allSatisfy((_, answer) -> assertThat(answer.result().exitStatus()).isEqualTo(-1));
  }
}
