package dev.earshot.cli;

import dev.earshot.become.Become;
import dev.earshot.become.Escalation;
import dev.earshot.collect.Target;
import dev.earshot.connection.Route;
import dev.earshot.postgres.Opener;
import dev.earshot.postgres.PostgresException;
import dev.earshot.postgres.PostgresServer;
import dev.earshot.postgres.PostgresSession;
import dev.earshot.ssh.HostShell;
import dev.earshot.ssh.Introduction;
import dev.earshot.ssh.LocalShell;
import dev.earshot.ssh.ShellLimits;
import dev.earshot.ssh.ShellOutcome;
import dev.earshot.ssh.SshTarget;
import dev.earshot.ssh.SshTransport;
import java.io.OutputStream;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/// Calls at hosts to see whether they let us in and become whom we should be.
///
/// @param forks how many may be called at in the same moment
record Caller(SshTransport transport, ShellLimits limits, Semaphore forks) {

  private static final String COMMAND = "true";

  /// Never throws for anything that a host can do; a defect of ours costs this host only.
  Answer call(Target target) throws InterruptedException {
    String host = target.host().name().toString();
    forks.acquire();
    try {
      return switch (target.route()) {
        case Route.NotContacted(String reason) ->
            new Answer(host, Answer.Kind.NOT_CONTACTED, reason, "");
        case Route.Managed(PostgresServer server) -> managed(host, server);
        case Route.Local(Optional<Become> become) -> local(host, become);
        case Route.Ssh(SshTarget ssh, Optional<Become> become) -> over(host, ssh, become);
      };
    } catch (RuntimeException defect) {
      return new Answer(
          host, Answer.Kind.NOT_LET_IN, "a defect in Earshot, please report it: " + defect, "");
    } finally {
      forks.release();
    }
  }

  private Answer managed(String host, PostgresServer server) {
    long began = System.nanoTime();
    try {
      new PostgresSession(server, Opener::direct, limits.connect()).addresses();
      return new Answer(
          host,
          Answer.Kind.LET_IN,
          "%s@%s over PostgreSQL, sslmode %s: login %d ms"
              .formatted(
                  server.user(),
                  server.endpoint(),
                  server.sslMode().label(),
                  (System.nanoTime() - began) / 1_000_000),
          "");
    } catch (PostgresException refused) {
      return new Answer(host, Answer.Kind.NOT_LET_IN, refused.reason(), "");
    }
  }

  private Answer local(String host, Optional<Become> become) {
    HostShell shell = new LocalShell();
    long began = System.nanoTime();
    ShellOutcome outcome = shell.run(COMMAND, "", OutputStream.nullOutputStream(), limits);
    long took = (System.nanoTime() - began) / 1_000_000;
    return switch (outcome) {
      case ShellOutcome.Finished _ ->
          become(
              new Answer(
                  host,
                  Answer.Kind.LET_IN,
                  "%s on this machine, without SSH: command %d ms"
                      .formatted(System.getProperty("user.name", ""), took),
                  ""),
              shell,
              become);
      case ShellOutcome.Broken(String reason, _) ->
          new Answer(host, Answer.Kind.NOT_LET_IN, reason, "");
      case ShellOutcome.Unreachable(String reason) ->
          new Answer(host, Answer.Kind.NOT_LET_IN, reason, "");
    };
  }

  private Answer over(String host, SshTarget target, Optional<Become> become) {
    return switch (transport.introduce(target, limits)) {
      case Introduction.NotMet(String reason) ->
          new Answer(host, Answer.Kind.NOT_LET_IN, reason, "");
      case Introduction.Met met ->
          become(
              new Answer(host, Answer.Kind.LET_IN, words(met), details(met)),
              transport.shellOn(target),
              become);
    };
  }

  private Answer become(Answer met, HostShell shell, Optional<Become> wanted) {
    if (wanted.isEmpty()) {
      return met;
    }
    Become become = wanted.get();
    return switch (new Escalation(become)
        .run(shell, COMMAND, "", OutputStream.nullOutputStream(), limits)) {
      case Escalation.Result.Became _ ->
          new Answer(
              met.host(),
              met.kind(),
              "%s; becomes %s (%s)"
                  .formatted(met.words(), become.user(), become.method().executable()),
              met.details());
      case Escalation.Result.Refused(String reason) -> not(met, reason);
      case Escalation.Result.Unreachable(String reason) -> not(met, reason);
    };
  }

  private static Answer not(Answer met, String reason) {
    return new Answer(
        met.host(),
        Answer.Kind.NOT_BECOME,
        "%s; but %s".formatted(met.words(), reason),
        met.details());
  }

  private static String words(Introduction.Met met) {
    String way = met.jumps().isEmpty() ? "" : " through " + String.join(", ", met.jumps());
    return "%s@%s%s with %s; connect %d ms, key exchange %d (%s), login %d, command %d"
        .formatted(
            met.user(),
            met.endpoint(),
            way,
            met.login(),
            met.connect().toMillis(),
            met.exchange().toMillis(),
            met.keyExchange(),
            met.authentication().toMillis(),
            met.command().toMillis());
  }

  private static String details(Introduction.Met met) {
    return "%s, %s, host key %s".formatted(met.server(), met.cipher(), met.hostKey());
  }
}
