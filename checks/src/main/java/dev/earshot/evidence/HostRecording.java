package dev.earshot.evidence;

import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// What one host answered, as it came but redacted: the only thing that is kept, and what all
/// evidence is read from.
///
/// @param unreachable why nothing could be asked, if so; then there are no answers
/// @param leftTo the part of the audit that was to ask it and is not here, if that is why: nobody
///   tried to reach it
/// @param interrupted why the answers end early, if they do
/// @param begun when it began with its program, by the clock of the machine that asked; that is
///   when it read its own clock, too
/// @param answers by [Question]
public record HostRecording(
    InventoryHost host,
    Optional<String> unreachable,
    Optional<Shard> leftTo,
    Optional<String> interrupted,
    Optional<Begun> begun,
    Map<Question, Answer> answers) {

  /// Why a managed server does not answer what only a machine could: it was not asked that.
  public static final String MANAGED =
      "a managed server is asked over PostgreSQL alone, which does not tell of its machine";

  /// Between which moments the host began.
  ///
  /// @param sent when the program was sent
  /// @param heard when the host's first word was there
  /// @param machine that asked, by whose clock both are: of several that shared the fleet the
  ///   number of its part, else 1
  public record Begun(Instant sent, Instant heard, int machine) {

    /// One that the only machine noted.
    public Begun(Instant sent, Instant heard) {
      this(sent, heard, 1);
    }
  }

  /// Which probe, and at which end of the window.
  public record Question(String probe, Moment moment) {
    @Override
    public String toString() {
      return moment == Moment.ONCE ? probe : probe + "." + moment.name().toLowerCase(Locale.ROOT);
    }
  }

  /// When a probe is asked.
  public enum Moment {
    ONCE,
    START,
    END
  }

  /// One answer.
  ///
  /// @param epochSecond when it was asked, by the host's clock
  public record Answer(CommandResult result, long epochSecond) {}

  public HostRecording {
    answers = Map.copyOf(answers);
  }

  /// One that was asked, or tried to be.
  public HostRecording(
      InventoryHost host,
      Optional<String> unreachable,
      Optional<String> interrupted,
      Optional<Begun> begun,
      Map<Question, Answer> answers) {
    this(host, unreachable, Optional.empty(), interrupted, begun, answers);
  }

  /// One of which nobody noted when the host began.
  public HostRecording(
      InventoryHost host,
      Optional<String> unreachable,
      Optional<String> interrupted,
      Map<Question, Answer> answers) {
    this(host, unreachable, interrupted, Optional.empty(), answers);
  }

  /// One that has no shell to ask.
  public static HostRecording managed(InventoryHost host, Map<Question, Answer> answers) {
    return new HostRecording(host, Optional.empty(), Optional.of(MANAGED), answers);
  }

  /// Why there is no answer to anything, if so, as a clause: `the host was not reached: …`, or `the
  /// host was not asked: …` where it was left to a part of the audit that is not here.
  public Optional<String> silence() {
    return unreachable.map(reason ->
        (leftTo.isPresent() ? "the host was not asked: " : "the host was not reached: ") + reason);
  }

  /// With one more answer, to what was asked after everything else: the host's clock says at least
  /// what it said last.
  public HostRecording later(Question question, CommandResult result) {
    long last = answers.values().stream().mapToLong(Answer::epochSecond).max().orElse(0);
    Map<Question, Answer> all = new HashMap<>(answers);
    all.put(question, new Answer(result, last));
    return new HostRecording(host, unreachable, leftTo, interrupted, begun, all);
  }

  /// The same, asked by one of several machines.
  public HostRecording askedBy(int machine) {
    return new HostRecording(
        host,
        unreachable,
        leftTo,
        interrupted,
        begun.map(noted -> new Begun(noted.sent(), noted.heard(), machine)),
        answers);
  }

  public static HostRecording unreachable(InventoryHost host, String reason) {
    return new HostRecording(host, Optional.of(reason), Optional.empty(), Map.of());
  }

  /// One that another part of the audit asks, which is not here.
  public static HostRecording leftTo(Shard part, InventoryHost host) {
    return new HostRecording(
        host,
        Optional.of(part.missing()),
        Optional.of(part),
        Optional.empty(),
        Optional.empty(),
        Map.of());
  }
}
