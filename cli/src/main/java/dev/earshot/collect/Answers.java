package dev.earshot.collect;

import dev.earshot.evidence.CommandResult;
import dev.earshot.evidence.HostRecording.Answer;
import dev.earshot.evidence.HostRecording.Moment;
import dev.earshot.evidence.HostRecording.Question;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Cuts a host's output into the answers to the questions of a [ProbeProgram].
///
/// The output is a stranger's: whatever does not fit is left out, nothing is believed beyond the
/// questions that were put, and an answer without its end is not one.
final class Answers {

  private Answers() {}

  static Map<Question, Answer> parse(String mark, String output) {
    Map<Question, Answer> answers = new LinkedHashMap<>();
    String begin = "\n@" + mark + " begin ";
    String text = "\n" + output;
    int at = text.indexOf(begin);
    while (at >= 0) {
      int line = at + 1;
      int body = text.indexOf('\n', line) + 1;
      Optional<String[]> words = words(text, line, body);
      int next = text.indexOf(begin, line);
      if (words.isPresent()) {
        answer(mark, text, words.get(), body)
            .ifPresent(answer -> answers.putIfAbsent(question(words.get()), answer));
      }
      at = next;
    }
    return answers;
  }

  private static Optional<String[]> words(String text, int from, int to) {
    if (to <= from) {
      return Optional.empty();
    }
    String[] words = text.substring(from, to - 1).split(" ", -1);
    boolean asked =
        words.length == 5
            && isMoment(words[3])
            && ProbeProgram.questions().contains(question(words));
    return asked ? Optional.of(words) : Optional.empty();
  }

  private static Question question(String[] words) {
    return new Question(words[2], Moment.valueOf(words[3]));
  }

  private static boolean isMoment(String word) {
    return Arrays.stream(Moment.values()).anyMatch(moment -> moment.name().equals(word));
  }

  private static Optional<Answer> answer(String mark, String text, String[] words, int body) {
    String end = "\n@%s end %s %s ".formatted(mark, words[2], words[3]);
    int stop = text.indexOf(end, body - 1);
    if (stop < 0) {
      return Optional.empty();
    }
    int newline = text.indexOf('\n', stop + end.length());
    if (newline < 0) {
      return Optional.empty();
    }
    String output = stop < body ? "" : text.substring(body, stop);
    boolean truncated = output.getBytes(StandardCharsets.UTF_8).length >= ProbeProgram.ANSWER_LIMIT;
    int status =
        number(text.substring(stop + end.length(), newline)).map(Long::intValue).orElse(-1);
    return Optional.of(
        new Answer(
            new CommandResult(status, Redactor.redact(output), truncated),
            number(words[4]).orElse(0L)));
  }

  private static Optional<Long> number(String word) {
    return word.matches("\\d{1,18}") ? Optional.of(Long.valueOf(word)) : Optional.empty();
  }
}
