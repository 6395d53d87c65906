package dev.earshot.collect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.config.AnsibleConfig;
import dev.earshot.connection.CommandLine;
import dev.earshot.connection.Connections;
import dev.earshot.connection.Route;
import dev.earshot.evidence.Address;
import dev.earshot.evidence.CommandResult;
import dev.earshot.evidence.Depth;
import dev.earshot.evidence.FleetEvidence;
import dev.earshot.evidence.FleetRecording;
import dev.earshot.evidence.HostEvidence;
import dev.earshot.evidence.HostName;
import dev.earshot.evidence.HostRecording;
import dev.earshot.evidence.HostRecording.Answer;
import dev.earshot.evidence.HostRecording.Moment;
import dev.earshot.evidence.HostRecording.Question;
import dev.earshot.evidence.InventoryHost;
import dev.earshot.evidence.PostgresHealth;
import dev.earshot.evidence.TemporaryPostgres;
import dev.earshot.inventory.InventoryReader;
import dev.earshot.inventory.InventoryRequest;
import dev.earshot.inventory.TemplateRendering;
import dev.earshot.postgres.Opener;
import dev.earshot.postgres.PostgresServer;
import dev.earshot.postgres.PostgresSession;
import dev.earshot.python.Surroundings;
import dev.earshot.recording.RecordingStore;
import dev.earshot.report.ReportAssembly;
import dev.earshot.topology.AddressBook;
import dev.earshot.vault.Vault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PostgresCollectorTest {

  private static final String MANAGED =
      """
      all:
        hosts:
          managed:
            earshot_connection: postgres
            ansible_host: 127.0.0.1
            secret: sword-fish
            earshot_postgres: {port: %d, user: auditor, password: "{{ secret }}"}
      """;

  private static final InventoryHost HOST =
      new InventoryHost(
          new HostName("db"), "192.0.2.1", List.of(), Optional.empty(), "hosts.yml", 1);

  @TempDir private Path folder;

  @Test
  void managedServerIsAuditedAndKeptWithoutItsPassword() throws Exception {
    TemporaryPostgres server = TemporaryPostgres.startListening("");
    try {
      server.sql(
          "postgres",
          "CREATE ROLE auditor LOGIN PASSWORD 'sword-fish'",
          "GRANT pg_monitor TO auditor");
      Target target = target(MANAGED.formatted(TemporaryPostgres.PORT));
      assertThat(target.toString()).doesNotContain("sword-fish");
      PostgresServer to = ((Route.Managed) target.route()).server();

      HostRecording recording =
          PostgresCollector.directly(to, Duration.ofSeconds(5))
              .managed(target.host(), Duration.ofSeconds(1), Depth.DEEP, List.of());
      FleetRecording fleet =
          new FleetRecording(
              Instant.EPOCH,
              Duration.ofSeconds(1),
              "test",
              Depth.DEEP,
              List.of(recording),
              List.of());
      Path kept = folder.resolve("kept");
      Files.createDirectory(kept);
      RecordingStore.save(fleet, kept);

      FleetEvidence evidence = FleetEvidence.of(RecordingStore.load(kept), Optional.empty());
      assertThat(evidence.troubles()).isEmpty();
      HostEvidence host = evidence.hosts().getFirst();
      assertThat(host.postgres().collected().orElseThrow()).hasSize(1);
      assertThat(host.postgresActivity().change().collected().orElseThrow().window())
          .isBetween(Duration.ofMillis(500), Duration.ofSeconds(5));
      assertThat(new AddressBook(evidence).owner(Address.of("127.0.0.1"), host.name()))
          .contains(host.name());

      var report = ReportAssembly.assemble(evidence, "test");
      assertThat(report.hosts().getFirst().state()).isEqualTo("audited");
      assertThat(report.findings())
          .filteredOn(finding -> finding.verdict().equals("unknown"))
          .allSatisfy(
              finding -> assertThat(finding.because()).doesNotContain(HostRecording.MANAGED));
      assertThat(report.toString()).doesNotContain("sword-fish");
      try (var files = Files.walk(kept)) {
        assertThat(files.filter(Files::isRegularFile).toList())
            .isNotEmpty()
            .allSatisfy(file -> assertThat(Files.readString(file)).doesNotContain("sword-fish"));
      }
    } finally {
      server.stop();
    }
  }

  @Test
  void psqlsAnswersStandAndTheOthersAreFilledIn() throws Exception {
    TemporaryPostgres server = TemporaryPostgres.startListening("");
    try {
      server.sql("postgres", "CREATE ROLE auditor LOGIN SUPERUSER PASSWORD 'sword-fish'");
      PostgresServer to =
          ((Route.Managed) target(MANAGED.formatted(TemporaryPostgres.PORT)).route()).server();
      Question settings = new Question("postgres.settings", Moment.ONCE);
      Question health = new Question(PostgresHealth.PROBE.id(), Moment.ONCE);
      Answer psql =
          new Answer(
              CommandResult.of(
                  """
                  === 5432
                  @settings
                  name,setting,source,sourcefile,sourceline,pending_restart
                  server_version_num,150018,default,,,f
                  """),
              1);
      Answer refused = new Answer(new CommandResult(45, "did not let us in", false), 1);
      HostRecording byShell =
          new HostRecording(
              HOST, Optional.empty(), Optional.empty(), Map.of(settings, psql, health, refused));

      HostRecording joined =
          new PostgresCollector(new PostgresSession(to, Opener::direct, Duration.ofSeconds(5)))
              .beside(() -> byShell, Duration.ofSeconds(1), Depth.DEEP, List.of());

      assertThat(joined.answers()).containsEntry(settings, psql);
      assertThat(joined.answers().get(health))
          .isNotNull()
          .satisfies(answer ->
              assertThat(PostgresHealth.PROBE.read(answer.result()).collected()).isPresent());
    } finally {
      server.stop();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {user: u, host: db.example}                         | verify-full
          {user: u, host: db.example, sslmode: require}       | require
          {user: u, host: db.example, sslmode: disable}       | disable
          {user: u, host: 127.0.0.1}                          | prefer
          {user: u, host: localhost, sslrootcert: /ca.pem}    | verify-full
          """)
  void passwordsGoInClearOnlyWhereThatIsSaid(String variable, String mode) throws IOException {
    Route route = target(inventory(variable)).route();
    assertThat(((Route.Managed) route).server().sslMode().label()).isEqualTo(mode);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {host: db}                                    | user is missing
          {user: u, host: db, sslmode: prefer}          | may go on in clear
          {user: u, host: db, sslmode: verify}          | sslmode is none of libpq's
          {user: u, port: 70000}                        | port is not from 1 to 65535
          {user: u, pasword: hunter2}                   | has a part that means nothing
          {user: u, password: [hunter2]}                | password is a list
          hunter2                                       | must be a mapping but is a string
          """)
  void mistakesAreToldWithoutValues(String variable, String sentence) throws IOException {
    assertThat(target(inventory(variable)).route())
        .isInstanceOf(Route.NotContacted.class)
        .asString()
        .contains(sentence)
        .doesNotContain("hunter2");
  }

  private static String inventory(String variable) {
    return "all: {hosts: {h: {earshot_connection: postgres, earshot_postgres: %s}}}"
        .formatted(variable);
  }

  private Target target(String inventory) throws IOException {
    Path file = Files.writeString(folder.resolve("hosts.yml"), inventory);
    Surroundings around = new Surroundings(Map.of(), folder, folder);
    var read = InventoryReader.read(InventoryRequest.of(List.of(file))).inventory();
    return Targets.of(
            List.copyOf(read.hosts()),
            new TemplateRendering(read, Vault.withoutPassword(), Map.of()),
            new Connections(CommandLine.EMPTY, AnsibleConfig.read(around), around),
            around)
        .targets()
        .getFirst();
  }
}
