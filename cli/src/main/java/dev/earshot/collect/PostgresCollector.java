package dev.earshot.collect;

import dev.earshot.evidence.Addresses;
import dev.earshot.evidence.CommandResult;
import dev.earshot.evidence.CustomQuery;
import dev.earshot.evidence.CustomQuestion;
import dev.earshot.evidence.Depth;
import dev.earshot.evidence.Evidence;
import dev.earshot.evidence.HostRecording;
import dev.earshot.evidence.HostRecording.Answer;
import dev.earshot.evidence.HostRecording.Moment;
import dev.earshot.evidence.HostRecording.Question;
import dev.earshot.evidence.InventoryHost;
import dev.earshot.evidence.PostgresHba;
import dev.earshot.evidence.Probes;
import dev.earshot.evidence.SqlProgram;
import dev.earshot.postgres.Opener;
import dev.earshot.postgres.PostgresException;
import dev.earshot.postgres.PostgresServer;
import dev.earshot.postgres.PostgresSession;
import dev.earshot.redaction.Redactor;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Asks a host's PostgreSQL what the probes ask it, without a shell.
record PostgresCollector(PostgresSession session) {

  /// A server that is reached from here.
  static PostgresCollector directly(PostgresServer server, Duration connect) {
    return new PostgresCollector(new PostgresSession(server, Opener::direct, connect));
  }

  /// Of a server that has nothing else to ask. What it shows to superusers alone is not asked: a
  /// provider has no superusers for its customers.
  ///
  /// @param custom of which it answers what is put to PostgreSQL
  HostRecording managed(
      InventoryHost host, Duration window, Depth depth, List<CustomQuestion> custom) {
    try {
      Set<String> addresses = session.addresses();
      Map<Question, Answer> answers = answers(window, depth, custom);
      Question hba = new Question(PostgresHba.PROBE.id(), Moment.ONCE);
      Answer rules = answers.get(hba);
      if (rules == null || PostgresHba.PROBE.read(rules.result()).collected().isEmpty()) {
        answers.remove(hba);
      }
      if (!addresses.isEmpty()) {
        answers.put(
            new Question(Addresses.PROBE.id(), Moment.ONCE),
            answer(
                CommandResult.of(
                    addresses.stream().collect(Collectors.joining("\ninet ", "inet ", "\n")))));
      }
      return HostRecording.managed(host, answers);
    } catch (PostgresException refused) {
      return HostRecording.unreachable(host, refused.reason());
    }
  }

  /// The same questions in the same window as a shell on the host. What psql answered there stands.
  HostRecording beside(
      Supplier<HostRecording> shell, Duration window, Depth depth, List<CustomQuestion> custom) {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Map<Question, Answer>> asked =
          threads.submit(() -> answersOrReasons(window, depth, custom));
      HostRecording recording = shell.get();
      if (recording.unreachable().isPresent()) {
        threads.shutdownNow();
        return recording;
      }
      return joined(recording, result(asked, window, depth), depth);
    }
  }

  /// A defect of ours costs these answers, never the host's others.
  private static Map<Question, Answer> result(
      Future<Map<Question, Answer>> asked, Duration window, Depth depth) {
    try {
      return asked.get();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("the audit was interrupted");
    } catch (ExecutionException defect) {
      return reasons("a defect in Earshot, please report it: " + defect.getCause(), window, depth);
    }
  }

  private static HostRecording joined(
      HostRecording recording, Map<Question, Answer> others, Depth depth) {
    Map<Question, Answer> answers = new HashMap<>(recording.answers());
    for (SqlProgram program : programs(depth)) {
      Map<Question, Answer> ours = of(program, answers);
      Map<Question, Answer> theirs = of(program, others);
      if (!isTold(program, ours) && (ours.isEmpty() || isWorthMore(program, theirs))) {
        answers.putAll(theirs);
      }
    }
    others.forEach((question, answer) -> {
      if (CustomQuestion.isId(question.probe())
          && (!answers.containsKey(question) || isBetter(answer, answers.get(question)))) {
        answers.put(question, answer);
      }
    });
    return new HostRecording(
        recording.host(),
        recording.unreachable(),
        recording.interrupted(),
        recording.begun(),
        answers);
  }

  private static boolean isBetter(Answer ours, Answer theirs) {
    return ours.result().exitStatus() == 0 && theirs.result().exitStatus() != 0;
  }

  private static Map<Question, Answer> of(SqlProgram program, Map<Question, Answer> all) {
    return all.entrySet().stream()
        .filter(entry -> entry.getKey().probe().equals(program.probe().id()))
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  private static boolean isTold(SqlProgram program, Map<Question, Answer> answers) {
    return !answers.isEmpty()
        && answers.values().stream()
            .allMatch(answer -> program.probe().read(answer.result()).collected().isPresent());
  }

  /// That nothing is there is only believed of the one who was let in.
  private static boolean isWorthMore(SqlProgram program, Map<Question, Answer> answers) {
    return answers.values().stream()
        .noneMatch(answer ->
            program.probe().read(answer.result()) instanceof Evidence.Uncollected<?>
                && answer.result().exitStatus() == 0);
  }

  private Map<Question, Answer> answersOrReasons(
      Duration window, Depth depth, List<CustomQuestion> custom) throws InterruptedException {
    try {
      session.addresses();
      return answers(window, depth, custom);
    } catch (PostgresException refused) {
      return reasons(refused.reason(), window, depth);
    }
  }

  private static Map<Question, Answer> reasons(String why, Duration window, Depth depth) {
    Answer reason =
        answer(
            new CommandResult(
                CommandResult.COULD_NOT_LOOK,
                "psql on the host did not answer, and with earshot_postgres: " + why,
                false));
    return ProbeProgram.questions(window.isZero(), depth).stream()
        .filter(question ->
            programs(depth).stream()
                .anyMatch(program -> program.probe().id().equals(question.probe())))
        .collect(Collectors.toMap(question -> question, _ -> reason));
  }

  private Map<Question, Answer> answers(Duration window, Depth depth, List<CustomQuestion> custom) {
    Map<Question, Answer> answers = new HashMap<>();
    long end = System.nanoTime() + window.toNanos();
    if (!window.isZero()) {
      ask(repeated(true), Moment.START, answers);
    }
    ask(repeated(false), Moment.ONCE, answers);
    try {
      Thread.sleep(Duration.ofNanos(Math.max(0, end - System.nanoTime())));
      ask(repeated(true), Moment.END, answers);
      ask(Probes.ofPostgresAfterWindow(depth), Moment.ONCE, answers);
      for (CustomQuestion question : custom) {
        if (question instanceof CustomQuery query) {
          answers.put(new Question(query.probe().id(), Moment.ONCE), answer(session.ask(query)));
        }
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    return answers;
  }

  private static List<SqlProgram> programs(Depth depth) {
    return Stream.of(Probes.OF_POSTGRES, Probes.ofPostgresAfterWindow(depth))
        .flatMap(List::stream)
        .toList();
  }

  private static List<SqlProgram> repeated(boolean repeated) {
    return Probes.OF_POSTGRES.stream()
        .filter(program -> program.probe().repeated() == repeated)
        .toList();
  }

  /// Who has once let the time pass is not waited for again.
  private void ask(List<SqlProgram> programs, Moment moment, Map<Question, Answer> answers) {
    for (SqlProgram program : programs) {
      if (!Thread.currentThread().isInterrupted()) {
        boolean silent =
            answers.values().stream()
                .anyMatch(each -> each.result().exitStatus() == CommandResult.TIMED_OUT);
        answers.put(
            new Question(program.probe().id(), moment),
            answer(
                silent
                    ? new CommandResult(CommandResult.TIMED_OUT, "", false)
                    : session.ask(program)));
      }
    }
  }

  private static Answer answer(CommandResult result) {
    return new Answer(
        new CommandResult(
            result.exitStatus(), Redactor.redact(result.output()), result.truncated()),
        Instant.now().getEpochSecond());
  }
}
