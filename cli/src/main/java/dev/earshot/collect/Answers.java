package dev.earshot.collect;

import dev.earshot.evidence.CommandResult;
import dev.earshot.evidence.HostRecording.Answer;
import dev.earshot.evidence.HostRecording.Moment;
import dev.earshot.evidence.HostRecording.Question;
import dev.earshot.redaction.Redactor;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Cuts a host's output into the answers to the questions of a [ProbeProgram].
///
/// The output is a stranger's: whatever does not fit is left out, nothing is believed beyond the
/// questions that were put, and an answer without its end is not one.
final class Answers {

  private static final int LONGEST_HEAD = 200;

  private Answers() {}

  /// In one pass: each question is looked at once.
  static Map<Question, Answer> parse(ProbeProgram program, String output) {
    Map<Question, Answer> answers = new LinkedHashMap<>();
    Set<Question> open = new HashSet<>(program.questions());
    String mark = program.mark();
    String begin = "\n@" + mark + " begin ";
    String text = "\n" + output;
    int at = text.indexOf(begin);
    while (at >= 0 && !open.isEmpty()) {
      int body = text.indexOf('\n', at + 1) + 1;
      Optional<String[]> words =
          words(text, at + 1, body).filter(asked -> open.remove(question(asked)));
      if (words.isPresent()) {
        answer(mark, text, words.get(), body)
            .ifPresent(answer -> answers.put(question(words.get()), answer));
      }
      at = body == 0 ? -1 : text.indexOf(begin, body - 1);
    }
    return answers;
  }

  private static Optional<String[]> words(String text, int from, int to) {
    if (to <= from) {
      return Optional.empty();
    }
    String[] words = text.substring(from, Math.min(to - 1, from + LONGEST_HEAD)).split(" ", -1);
    return words.length == 5 && isMoment(words[3]) ? Optional.of(words) : Optional.empty();
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
    int from = stop + end.length();
    int newline = text.indexOf('\n', from, Math.min(text.length(), from + LONGEST_HEAD));
    if (newline < 0) {
      return Optional.empty();
    }
    String whole = stop < body ? "" : text.substring(body, stop);
    boolean truncated = whole.getBytes(StandardCharsets.UTF_8).length >= CommandResult.LIMIT;
    String output =
        truncated ? whole.substring(0, Math.min(whole.length(), CommandResult.LIMIT)) : whole;
    int status =
        number(text.substring(from, newline))
            .filter(value -> value <= 255)
            .map(Long::intValue)
            .orElse(-1);
    return Optional.of(
        new Answer(
            new CommandResult(status, Redactor.redact(output), truncated),
            number(words[4]).orElse(0L)));
  }

  private static Optional<Long> number(String word) {
    return word.matches("\\d{1,18}") ? Optional.of(Long.valueOf(word)) : Optional.empty();
  }
}
