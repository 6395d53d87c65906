package dev.earshot.cli;

import static java.util.stream.Collectors.joining;

import dev.earshot.collect.Target;
import dev.earshot.collect.Targets;
import dev.earshot.python.Surroundings;
import dev.earshot.ssh.ShellLimits;
import dev.earshot.ssh.SshTransport;
import dev.earshot.text.Printable;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
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
      "Becomes whom the host's settings want, and runs nothing there but 'true'."
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
            connection.connections(inventory.configuration(), surroundings, terminal),
            surroundings);
    InventoryOptions.refuse(targets.problems(), terminal);
    Map<Answer.Kind, Integer> count = call(targets.targets(), limits);
    terminal.progress(summary(count, targets.targets().size()));
    return Set.of(Answer.Kind.LET_IN).equals(count.keySet()) ? 0 : SOME_DID_NOT;
  }

  /// Tells of each host as soon as it and all before it have answered, and counts the answers.
  private Map<Answer.Kind, Integer> call(List<Target> targets, ShellLimits limits)
      throws InterruptedException {
    Map<Answer.Kind, Integer> count = new EnumMap<>(Answer.Kind.class);
    AtomicInteger answered = new AtomicInteger();
    AtomicReference<String> next = new AtomicReference<>("");
    PingLines lines = new PingLines(terminal, verbose, targets);
    try (SshTransport transport = connection.transport(terminal);
        StatusLine.Showing _ =
            terminal
                .status()
                .show(() ->
                    "%d of %d hosts called, waiting for %s"
                        .formatted(answered.get(), targets.size(), next.get()));
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Caller caller = new Caller(transport, limits, new Semaphore(connection.forks));
      List<Future<Answer>> calls =
          targets.stream()
              .map(target ->
                  threads.submit(() -> {
                    Answer answer = caller.call(target);
                    answered.incrementAndGet();
                    return answer;
                  }))
              .toList();
      for (int at = 0; at < calls.size(); at++) {
        next.set(Printable.of(targets.get(at).host().name().value()));
        Answer answer = answer(calls.get(at));
        lines.tell(answer);
        count.merge(answer.kind(), 1, Integer::sum);
      }
    }
    return count;
  }

  private static Answer answer(Future<Answer> call) throws InterruptedException {
    try {
      return call.get();
    } catch (ExecutionException broken) {
      throw new IllegalStateException("a call ends in an answer", broken);
    }
  }

  private static String summary(Map<Answer.Kind, Integer> count, int all) {
    String others =
        count.entrySet().stream()
            .filter(each -> each.getKey() != Answer.Kind.LET_IN)
            .map(each -> each.getValue() + " " + each.getKey().words())
            .collect(joining(", "));
    return "%d of %d hosts let us in%s."
        .formatted(
            count.getOrDefault(Answer.Kind.LET_IN, 0), all, others.isEmpty() ? "" : "; " + others);
  }
}
