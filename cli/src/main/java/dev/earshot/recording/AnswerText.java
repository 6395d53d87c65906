package dev.earshot.recording;

import dev.earshot.evidence.CommandResult;
import dev.earshot.evidence.CustomQuestion;
import dev.earshot.evidence.HostRecording.Answer;
import dev.earshot.evidence.HostRecording.Moment;
import dev.earshot.evidence.HostRecording.Question;
import dev.earshot.evidence.Probe;
import dev.earshot.evidence.Probes;
import dev.earshot.redaction.Redactor;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// One answer as text: fields, an empty line, and the output as it came. Among the fields the
/// command may stand, with a bar before each line.
final class AnswerText {

  /// What file names of answers end with.
  static final String SUFFIX = ".txt";

  private static final Map<String, Question> QUESTIONS =
      Probes.ALL.stream()
          .flatMap(
              probe -> Stream.of(Moment.values()).map(moment -> new Question(probe.id(), moment)))
          .collect(Collectors.toMap(Question::toString, Function.identity()));

  private static final Map<String, String> COMMANDS =
      Probes.ALL.stream()
          .collect(
              Collectors.toMap(
                  Probe::id,
                  probe ->
                      probe
                          .command()
                          .lines()
                          .map(line -> "| " + line)
                          .collect(Collectors.joining("\n"))));

  private static final Pattern NUMBER = Pattern.compile("-?\\d{1,18}");

  private AnswerText() {}

  /// Without what was asked.
  static String write(Answer answer) {
    return fields(answer) + "\n" + answer.result().output();
  }

  static String writeWithCommand(Question question, Answer answer) {
    return """
    probe: %s
    %scommand:
    %s

    %s\
    """
        .formatted(
            question,
            fields(answer),
            COMMANDS.getOrDefault(question.probe(), ""),
            answer.result().output());
  }

  private static String fields(Answer answer) {
    CommandResult result = answer.result();
    return "exit: %d\ntruncated: %s\nat: %d\n"
        .formatted(result.exitStatus(), result.truncated() ? "yes" : "no", answer.epochSecond());
  }

  /// The answer, without its name: that is the file's. An older Earshot may have left in it what
  /// this one knows as a secret.
  static Answer read(String file, String text) {
    int body = text.indexOf("\n\n");
    if (body < 0) {
      throw new RecordingException(file + ": no empty line between the fields and the output");
    }
    Map<String, String> fields =
        text.substring(0, body)
            .lines()
            .filter(line -> !line.startsWith("|") && line.indexOf(':') > 0)
            .collect(
                Collectors.toMap(
                    line -> line.substring(0, line.indexOf(':')),
                    line -> line.substring(line.indexOf(':') + 1).strip(),
                    (first, _) -> first));
    return new Answer(
        new CommandResult(
            exitStatus(file, fields),
            Redactor.redact(text.substring(body + 2)),
            fields.getOrDefault("truncated", "no").equals("yes")),
        number(file, fields, "at"));
  }

  /// The question that a file name stands for, if it is one that is still asked, or that an admin
  /// may still ask.
  static Optional<Question> question(String name) {
    return CustomQuestion.isId(name)
        ? Optional.of(new Question(name, Moment.ONCE))
        : Optional.ofNullable(QUESTIONS.get(name));
  }

  private static int exitStatus(String file, Map<String, String> fields) {
    long status = number(file, fields, "exit");
    if (status < -1 || status > 255) {
      throw new RecordingException("%s: %d is no exit status".formatted(file, status));
    }
    return (int) status;
  }

  private static long number(String file, Map<String, String> fields, String name) {
    String value = fields.getOrDefault(name, "");
    if (!NUMBER.matcher(value).matches()) {
      throw new RecordingException("%s: the field %s is not a number".formatted(file, name));
    }
    return Long.parseLong(value);
  }
}
