package dev.earshot.catalogue;

import dev.earshot.check.Check;
import dev.earshot.check.Finding;
import dev.earshot.check.Fleet;
import dev.earshot.check.Subject;
import dev.earshot.check.Verdict;
import dev.earshot.check.colocation.AppCacheCheck;
import dev.earshot.check.colocation.AppDatabaseCheck;
import dev.earshot.check.colocation.AppPictRsCheck;
import dev.earshot.check.colocation.DeclaredPlaceCheck;
import dev.earshot.check.colocation.PlaceSourcesCheck;
import dev.earshot.check.container.DatabasePortsCheck;
import dev.earshot.check.container.ImageTagCheck;
import dev.earshot.check.container.MemoryLimitCheck;
import dev.earshot.check.container.SharedMemoryCheck;
import dev.earshot.check.container.StabilityCheck;
import dev.earshot.check.dns.ServiceNameCheck;
import dev.earshot.check.haproxy.ConfigurationCheck;
import dev.earshot.check.haproxy.ConnectTimeCheck;
import dev.earshot.check.haproxy.ErrorsCheck;
import dev.earshot.check.haproxy.ProcessCheck;
import dev.earshot.check.haproxy.ResponseTimeCheck;
import dev.earshot.check.haproxy.ServersUpCheck;
import dev.earshot.check.haproxy.SessionLimitsCheck;
import dev.earshot.check.haproxy.TerminationsCheck;
import dev.earshot.check.latency.AsymmetryCheck;
import dev.earshot.check.latency.ClientGapCheck;
import dev.earshot.check.latency.DetourCheck;
import dev.earshot.check.latency.JitterCheck;
import dev.earshot.check.latency.LossCheck;
import dev.earshot.check.latency.MeasuredCheck;
import dev.earshot.check.latency.MethodsAgreeCheck;
import dev.earshot.check.latency.SerialCeilingCheck;
import dev.earshot.check.lemmy.DatabaseCertificateCheck;
import dev.earshot.check.lemmy.FederationQueueCheck;
import dev.earshot.check.lemmy.PoolCheck;
import dev.earshot.check.lemmy.ProcessesCheck;
import dev.earshot.check.lemmy.RemoteQueueCheck;
import dev.earshot.check.lemmy.RequestTimeCheck;
import dev.earshot.check.lemmy.SchemaCheck;
import dev.earshot.check.lemmy.VersionCheck;
import dev.earshot.check.machine.ClocksAgreeCheck;
import dev.earshot.check.machine.ContainerReadinessCheck;
import dev.earshot.check.machine.DiskLatencyCheck;
import dev.earshot.check.machine.DiskSpaceCheck;
import dev.earshot.check.machine.PressureCheck;
import dev.earshot.check.machine.SaturationCheck;
import dev.earshot.check.machine.TimeSyncCheck;
import dev.earshot.check.nginx.TimingsLoggedCheck;
import dev.earshot.check.pgbouncer.PoolsCheck;
import dev.earshot.check.postgres.ApplicationRolesCheck;
import dev.earshot.check.postgres.ArchiverCheck;
import dev.earshot.check.postgres.AutoExplainCheck;
import dev.earshot.check.postgres.AutovacuumCheck;
import dev.earshot.check.postgres.AutovacuumWorkersCheck;
import dev.earshot.check.postgres.BloatCheck;
import dev.earshot.check.postgres.CacheHitsCheck;
import dev.earshot.check.postgres.CheckpointsCheck;
import dev.earshot.check.postgres.ChecksumFailuresCheck;
import dev.earshot.check.postgres.ClientCheckCheck;
import dev.earshot.check.postgres.CollationsCheck;
import dev.earshot.check.postgres.ConnectionChurnCheck;
import dev.earshot.check.postgres.ConnectionsCheck;
import dev.earshot.check.postgres.CrashSafetyCheck;
import dev.earshot.check.postgres.DataChecksumsCheck;
import dev.earshot.check.postgres.DeadlocksCheck;
import dev.earshot.check.postgres.DeveloperOptionsCheck;
import dev.earshot.check.postgres.EncryptionCheck;
import dev.earshot.check.postgres.ForeignKeyIndexesCheck;
import dev.earshot.check.postgres.HbaRulesCheck;
import dev.earshot.check.postgres.HugePagesCheck;
import dev.earshot.check.postgres.IdleInTransactionCheck;
import dev.earshot.check.postgres.InvalidIndexesCheck;
import dev.earshot.check.postgres.JitCheck;
import dev.earshot.check.postgres.LockWaitsCheck;
import dev.earshot.check.postgres.LoggingCheck;
import dev.earshot.check.postgres.LongTransactionsCheck;
import dev.earshot.check.postgres.MinorVersionCheck;
import dev.earshot.check.postgres.NotificationQueueCheck;
import dev.earshot.check.postgres.OvercommitCheck;
import dev.earshot.check.postgres.PasswordEncryptionCheck;
import dev.earshot.check.postgres.PendingRestartCheck;
import dev.earshot.check.postgres.PlannerCostsCheck;
import dev.earshot.check.postgres.PlannerFeaturesCheck;
import dev.earshot.check.postgres.QueryStatisticsCheck;
import dev.earshot.check.postgres.RedundantIndexesCheck;
import dev.earshot.check.postgres.RemoteSyncStandbyCheck;
import dev.earshot.check.postgres.ReplicationSlotsCheck;
import dev.earshot.check.postgres.RoleExpiryCheck;
import dev.earshot.check.postgres.RoleOverridesCheck;
import dev.earshot.check.postgres.SequencesCheck;
import dev.earshot.check.postgres.SequentialScansCheck;
import dev.earshot.check.postgres.SessionEndsCheck;
import dev.earshot.check.postgres.SettingsAlikeCheck;
import dev.earshot.check.postgres.SettingsFilesCheck;
import dev.earshot.check.postgres.SettingsSourcesCheck;
import dev.earshot.check.postgres.SharedBuffersCheck;
import dev.earshot.check.postgres.StandbyConflictsCheck;
import dev.earshot.check.postgres.StandbyLagCheck;
import dev.earshot.check.postgres.StatementTimeoutsCheck;
import dev.earshot.check.postgres.SupportedVersionCheck;
import dev.earshot.check.postgres.SyncStandbyPresentCheck;
import dev.earshot.check.postgres.SynchronousCommitCheck;
import dev.earshot.check.postgres.TableAutovacuumCheck;
import dev.earshot.check.postgres.TableMaintenanceCheck;
import dev.earshot.check.postgres.TablespacesCheck;
import dev.earshot.check.postgres.TempFilesCheck;
import dev.earshot.check.postgres.TimelinesCheck;
import dev.earshot.check.postgres.UnusedIndexesCheck;
import dev.earshot.check.postgres.VacuumHorizonCheck;
import dev.earshot.check.postgres.WalFlushCheck;
import dev.earshot.check.postgres.WalLevelCheck;
import dev.earshot.check.postgres.WalSyncCheck;
import dev.earshot.check.postgres.WorkMemCheck;
import dev.earshot.check.postgres.WraparoundCheck;
import dev.earshot.evidence.HostRecording;
import java.util.List;
import java.util.stream.Stream;

/// The catalogue, sorted by id.
public final class Checks {

  public static final List<Check> ALL =
      List.of(
          new AppCacheCheck(),
          new AppDatabaseCheck(),
          new AppPictRsCheck(),
          new DeclaredPlaceCheck(),
          new PlaceSourcesCheck(),
          new DatabasePortsCheck(),
          new ImageTagCheck(),
          new MemoryLimitCheck(),
          new SharedMemoryCheck(),
          new StabilityCheck(),
          new ServiceNameCheck(),
          new ConfigurationCheck(),
          new ConnectTimeCheck(),
          new ErrorsCheck(),
          new ProcessCheck(),
          new ResponseTimeCheck(),
          new ServersUpCheck(),
          new SessionLimitsCheck(),
          new TerminationsCheck(),
          new AsymmetryCheck(),
          new ClientGapCheck(),
          new DetourCheck(),
          new JitterCheck(),
          new LossCheck(),
          new MeasuredCheck(),
          new MethodsAgreeCheck(),
          new SerialCeilingCheck(),
          new DatabaseCertificateCheck(),
          new FederationQueueCheck(),
          new PoolCheck(),
          new ProcessesCheck(),
          new RemoteQueueCheck(),
          new RequestTimeCheck(),
          new SchemaCheck(),
          new VersionCheck(),
          new ClocksAgreeCheck(),
          new ContainerReadinessCheck(),
          new DiskLatencyCheck(),
          new DiskSpaceCheck(),
          new PressureCheck(),
          new SaturationCheck(),
          new TimeSyncCheck(),
          new TimingsLoggedCheck(),
          new PoolsCheck(),
          new ApplicationRolesCheck(),
          new ArchiverCheck(),
          new AutoExplainCheck(),
          new AutovacuumCheck(),
          new AutovacuumWorkersCheck(),
          new BloatCheck(),
          new CacheHitsCheck(),
          new CheckpointsCheck(),
          new ChecksumFailuresCheck(),
          new ClientCheckCheck(),
          new CollationsCheck(),
          new ConnectionChurnCheck(),
          new ConnectionsCheck(),
          new CrashSafetyCheck(),
          new DataChecksumsCheck(),
          new DeadlocksCheck(),
          new DeveloperOptionsCheck(),
          new EncryptionCheck(),
          new ForeignKeyIndexesCheck(),
          new HbaRulesCheck(),
          new HugePagesCheck(),
          new IdleInTransactionCheck(),
          new InvalidIndexesCheck(),
          new JitCheck(),
          new LockWaitsCheck(),
          new LoggingCheck(),
          new LongTransactionsCheck(),
          new MinorVersionCheck(),
          new NotificationQueueCheck(),
          new OvercommitCheck(),
          new PasswordEncryptionCheck(),
          new PendingRestartCheck(),
          new PlannerCostsCheck(),
          new PlannerFeaturesCheck(),
          new QueryStatisticsCheck(),
          new RedundantIndexesCheck(),
          new RemoteSyncStandbyCheck(),
          new ReplicationSlotsCheck(),
          new RoleExpiryCheck(),
          new RoleOverridesCheck(),
          new SequencesCheck(),
          new SequentialScansCheck(),
          new SessionEndsCheck(),
          new SettingsAlikeCheck(),
          new SettingsFilesCheck(),
          new SettingsSourcesCheck(),
          new SharedBuffersCheck(),
          new StandbyConflictsCheck(),
          new StandbyLagCheck(),
          new StatementTimeoutsCheck(),
          new SupportedVersionCheck(),
          new SyncStandbyPresentCheck(),
          new SynchronousCommitCheck(),
          new TableAutovacuumCheck(),
          new TableMaintenanceCheck(),
          new TablespacesCheck(),
          new TempFilesCheck(),
          new TimelinesCheck(),
          new UnusedIndexesCheck(),
          new VacuumHorizonCheck(),
          new WalFlushCheck(),
          new WalLevelCheck(),
          new WalSyncCheck(),
          new WorkMemCheck(),
          new WraparoundCheck());

  private Checks() {}

  /// The findings of all checks, in the catalogue's order, then those of the admin's own; what is
  /// waived is told apart.
  public static List<Finding> judge(Fleet fleet) {
    List<Finding> ours =
        ALL.parallelStream().flatMap(check -> check.judge(fleet).stream()).toList();
    Stream<Finding> theirs =
        fleet.policy().custom().stream().flatMap(check -> check.judge(fleet).stream());
    return Waivers.apply(
        fleet, Stream.concat(ours.stream(), theirs).map(Checks::unlessManaged).toList());
  }

  /// What can't be asked of a managed server is no doubt that anybody could clear.
  private static Finding unlessManaged(Finding finding) {
    return finding.subject() instanceof Subject.OfHost
            && finding.verdict() instanceof Verdict.Unknown(String because)
            && because.contains(HostRecording.MANAGED)
        ? new Finding(
            finding.check(),
            finding.subject(),
            new Verdict.NotApplicable(HostRecording.MANAGED),
            finding.measured(),
            finding.remedy())
        : finding;
  }
}
