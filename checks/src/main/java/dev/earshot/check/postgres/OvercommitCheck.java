package dev.earshot.check.postgres;

import dev.earshot.check.Card;
import dev.earshot.check.Card.Threshold;
import dev.earshot.check.Check;
import dev.earshot.check.CheckInfo;
import dev.earshot.check.Finding;
import dev.earshot.check.Fleet;
import dev.earshot.check.Severity;
import dev.earshot.evidence.Evidence;
import dev.earshot.evidence.Memory;
import dev.earshot.evidence.Memory.Overcommit;
import java.util.List;

/// Where the kernel promises more memory than it has, it ends a process when the promise falls due,
/// often the largest one, which is a session of PostgreSQL's. The server then ends all others,
/// since shared memory may be damaged, and recovers as after a crash. Where it does not promise, a
/// query fails with "out of memory", and nothing else happens ("Linux Memory Overcommit" in
/// PostgreSQL's manual).
public final class OvercommitCheck implements Check {

  private static final Card CARD =
      new Card(
          List.of("postgres.settings", "machine.memory"),
          List.of(
              new Threshold(
                  "vm.overcommit_memory is not 2: low",
                  "PostgreSQL's manual, Linux Memory Overcommit; postgresqltuner takes the same")),
          """
          # on the database's host: 2 is strict
          sysctl vm.overcommit_memory vm.overcommit_ratio
          grep Commit /proc/meminfo\
          """,
          "On a host that PostgreSQL has for itself, set vm.overcommit_memory to 2 in /etc/sysctl.d, and vm.overcommit_ratio so that CommitLimit is well above Committed_AS of the busiest hour.");

  @Override
  public CheckInfo info() {
    return new CheckInfo(
        "postgres.overcommit",
        "The kernel gives out no memory that it does not have",
        Severity.LOW,
        """
        When memory runs out, the kernel ends a session of its own choice, and PostgreSQL has to end \
        all others and to recover. Without overcommitment, one query fails.\
        """,
        CARD);
  }

  @Override
  public List<Finding> judge(Fleet fleet) {
    return Servers.each(info(), fleet, OvercommitCheck::judge);
  }

  private static Finding judge(JudgedServer server) {
    if (server.settings().server().container().isPresent()) {
      return server.notApplicable(
          "it runs in a container, beside programs that reserve more than they use; container.memory-limit judges those");
    }
    return switch (server.host().memory()) {
      case Evidence.Uncollected<Memory>(String reason) -> server.unknown(reason);
      case Evidence.Absent<Memory>() -> server.unknown("its host did not tell of its memory");
      case Evidence.Collected<Memory>(Memory memory) ->
          memory
              .overcommit()
              .map(mode -> judge(server, mode))
              .orElseGet(() ->
                  server.unknown(
                      "whether its kernel overcommits memory is not known: "
                          + JudgedServer.EARLIER));
    };
  }

  private static Finding judge(JudgedServer server, Overcommit mode) {
    return switch (mode) {
      case NEVER ->
          server.pass("its kernel gives out no memory that it does not have (overcommit_memory 2)");
      case GUESSED -> fail(server, "gives out more memory than it has", 0);
      case ALWAYS -> fail(server, "gives out all the memory that is asked for", 1);
    };
  }

  private static Finding fail(JudgedServer server, String does, int mode) {
    return server.fail(
        Severity.LOW,
        "its kernel %s (vm.overcommit_memory is %d), and ends a process when it runs out, all sessions with it; limit 2"
            .formatted(does, mode),
        server.byPeople(
            "Set vm.overcommit_memory to 2 and vm.overcommit_ratio to what suits the host, if PostgreSQL has it for itself; beside programs that reserve more than they use, leave it and watch how much memory is left.",
            "select name, setting, unit from pg_settings where name in ('shared_buffers', 'work_mem', 'maintenance_work_mem', 'max_connections')"));
  }
}
