package dev.earshot.cli;

import dev.earshot.collect.Target;
import dev.earshot.collect.Targets;
import dev.earshot.connection.Route;
import dev.earshot.python.Surroundings;
import dev.earshot.ssh.Introduction;
import dev.earshot.ssh.ShellLimits;
import dev.earshot.ssh.SshTransport;
import dev.earshot.text.Printable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// The first thing to run: are the hosts to be had, and how?
@Command(
    name = "ping",
    description = {
      "Log in to every host and say how, or exactly why not and what to try.",
      "Runs nothing there but 'true'."
    },
    mixinStandardHelpOptions = true,
    footer = {"", "Exit codes: 0 all let us in; 2 wrong use or unreadable input; 3 some did not."})
final class PingCommand implements Callable<Integer> {

  private static final int SOME_DID_NOT = 3;

  private final Terminal terminal;
  private final Surroundings surroundings;

  @Parameters(
      arity = "0..1",
      paramLabel = "PATTERN",
      description = "Only these hosts, as Ansible's patterns choose them (default: all).")
  @Nullable String pattern;

  @Option(
      names = {"-v", "--verbose"},
      description = "Tell servers, algorithms and host keys, too.")
  boolean verbose;

  @Mixin final InventoryOptions inventory;
  @Mixin ConnectionOptions connection = new ConnectionOptions();

  PingCommand(Terminal terminal, Surroundings surroundings) {
    this.terminal = terminal;
    this.surroundings = surroundings;
    this.inventory = new InventoryOptions(terminal, surroundings);
  }

  @Override
  public Integer call() throws InterruptedException {
    ShellLimits limits = connection.limits();
    InventoryOptions.Chosen chosen = inventory.hosts(pattern == null ? "all" : pattern);
    Targets targets =
        Targets.of(
            chosen.hosts(),
            chosen.rendering(),
            connection.connections(inventory.configuration(), surroundings, terminal));
    InventoryOptions.refuse(targets.problems(), terminal);
    int failed = 0;
    try (SshTransport transport = connection.transport(terminal);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Semaphore forks = new Semaphore(connection.forks);
      List<Future<Introduction>> calls = new ArrayList<>();
      for (Target target : targets.targets()) {
        calls.add(threads.submit(() -> call(target, transport, limits, forks)));
      }
      for (int i = 0; i < calls.size(); i++) {
        failed += tell(targets.targets().get(i), result(calls.get(i)));
      }
    }
    int all = targets.targets().size();
    terminal.progress(
        failed == 0
            ? "%d of %d let us in.".formatted(all, all)
            : "%d of %d did not let us in.".formatted(failed, all));
    return failed == 0 ? 0 : SOME_DID_NOT;
  }

  private Introduction call(
      Target target, SshTransport transport, ShellLimits limits, Semaphore forks)
      throws InterruptedException {
    return switch (target.route()) {
      case Route.NotContacted(String reason) -> new Introduction.NotMet(reason);
      case Route.Local _ ->
          new Introduction.Met(
              "this machine",
              System.getProperty("user.name", ""),
              List.of(),
              "",
              "",
              "",
              "",
              "no login",
              Duration.ZERO,
              Duration.ZERO,
              Duration.ZERO,
              Duration.ZERO);
      case Route.Ssh(var ssh, _) -> {
        forks.acquire();
        try {
          yield transport.introduce(ssh, limits);
        } finally {
          forks.release();
        }
      }
    };
  }

  private static Introduction result(Future<Introduction> call) throws InterruptedException {
    try {
      return call.get();
    } catch (ExecutionException defect) {
      return new Introduction.NotMet("a defect in Earshot, please report it: " + defect.getCause());
    }
  }

  /// How many did not let us in: none or one.
  private int tell(Target target, Introduction introduction) {
    String name = target.host().name().toString();
    return switch (introduction) {
      case Introduction.NotMet(String reason) -> {
        terminal.print(Printable.of("%-20s NO   %s".formatted(name, reason)) + "\n");
        yield 1;
      }
      case Introduction.Met met -> {
        terminal.print(Printable.of("%-20s ok   %s".formatted(name, words(met))) + "\n");
        if (verbose && !met.server().isEmpty()) {
          terminal.print(
              Printable.of(
                      "%-20s      %s, %s, %s, host key %s"
                          .formatted(
                              "", met.server(), met.keyExchange(), met.cipher(), met.hostKey()))
                  + "\n");
        }
        yield 0;
      }
    };
  }

  private static String words(Introduction.Met met) {
    String way = met.jumps().isEmpty() ? "" : " through " + String.join(", ", met.jumps());
    return "%s@%s%s with %s: connect %d ms, key exchange %d, login %d, command %d"
        .formatted(
            met.user(),
            met.endpoint(),
            way,
            met.login(),
            met.connect().toMillis(),
            met.exchange().toMillis(),
            met.authentication().toMillis(),
            met.command().toMillis());
  }
}
