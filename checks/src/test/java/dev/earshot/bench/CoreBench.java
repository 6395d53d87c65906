package dev.earshot.bench;

import dev.earshot.budget.LatencyBudget;
import dev.earshot.catalogue.Checks;
import dev.earshot.check.Finding;
import dev.earshot.check.Fleet;
import dev.earshot.evidence.FleetEvidence;
import dev.earshot.fixture.FleetFixture;
import dev.earshot.fixture.HaProxyFixture;
import dev.earshot.fixture.PostgresFixture;
import dev.earshot.topology.Topology;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/// How long the core takes for a large fleet: what `make bench` prints of the topology with its
/// clusters, of budgets and of checks. With the compiler and collector that `./earshot` chooses.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(
    value = 5,
    jvmArgs = {
      "-XX:TieredStopAtLevel=1",
      "-XX:+UseSerialGC",
      "--sun-misc-unsafe-memory-access=allow"
    })
@Warmup(iterations = 1, time = 1)
@Measurement(iterations = 1, time = 2)
public class CoreBench {

  /// A load balancer, a database and two backends, again and again.
  private static final int TOGETHER = 4;

  /// So many hosts stand in one datacenter, each of which asks its neighbours for echoes.
  private static final int SITE = 100;

  private static final int NEIGHBOURS = 12;

  @Param("1000")
  int hosts;

  private FleetEvidence evidence = FleetFixture.incident().evidence();
  private Topology topology = FleetFixture.incident().topology();
  private Fleet fleet = FleetFixture.incident().fleet();

  @Setup
  public void fill() {
    evidence = large(hosts).evidence();
    topology = Topology.of(evidence);
    fleet = Fleet.of(evidence);
  }

  @Benchmark
  public Topology clustering() {
    return Topology.of(evidence);
  }

  @Benchmark
  public List<LatencyBudget> budgets() {
    return LatencyBudget.of(topology);
  }

  @Benchmark
  public List<Finding> checks() {
    return Checks.judge(fleet);
  }

  private static FleetFixture large(int hosts) {
    FleetFixture fleet = new FleetFixture();
    for (int first = 0; first + TOGETHER <= hosts; first += TOGETHER) {
      String database = name(first + 1);
      String backend = name(first + 2);
      fleet
          .host(name(first), address(first))
          .listens(80, "haproxy")
          .haProxy(
              new HaProxyFixture()
                  .server(backend, address(first + 2) + ":8536", 100, 118, 0, 1, 9));
      fleet.host(database, address(first + 1)).postgres(new PostgresFixture());
      fleet.host(backend, address(first + 2)).listens(8536, "lemmy_server");
      fleet.host(name(first + 3), address(first + 3)).listens(8536, "lemmy_server");
      fleet.connection(name(first), backend, 8536).rtt(0.3).roundTrips(18).quiet(0.1, 0.1);
      fleet.connection(backend, database, 5432).rtt(0.3).roundTrips(360);
      fleet.connection(name(first + 3), database, 5432).rtt(0.3);
    }
    int whole = hosts / TOGETHER * TOGETHER;
    for (int from = 0; from < whole; from++) {
      for (int step = 1; step <= NEIGHBOURS; step++) {
        int to = (from + step * step) % whole;
        double milliseconds = from / SITE == to / SITE ? 0.3 : 6.2;
        fleet.host(name(from)).pings(name(to), address(to), milliseconds, 10, 10);
      }
    }
    return fleet;
  }

  private static String name(int number) {
    return "node%04d".formatted(number);
  }

  private static String address(int number) {
    return "10.99.%d.%d".formatted(number / SITE, number % SITE + 1);
  }

  /// A line each: what, how many hosts, and the median of the forks in seconds.
  public static void main(String[] arguments) throws RunnerException {
    Collection<RunResult> results =
        new Runner(
                new OptionsBuilder()
                    .include(CoreBench.class.getName())
                    .verbosity(VerboseMode.SILENT)
                    .build())
            .run();
    for (RunResult result : results) {
      System.out.printf(
          Locale.ROOT,
          "%s %s %.3f%n",
          result.getPrimaryResult().getLabel(),
          result.getParams().getParam("hosts"),
          result.getPrimaryResult().getStatistics().getPercentile(50) / 1000);
    }
  }
}
