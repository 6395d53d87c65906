package dev.earshot.check.postgres;

import dev.earshot.check.Card;
import dev.earshot.check.Check;
import dev.earshot.check.CheckInfo;
import dev.earshot.check.Finding;
import dev.earshot.check.Fleet;
import dev.earshot.check.Severity;
import dev.earshot.check.Subject;
import dev.earshot.check.Verdict;
import dev.earshot.evidence.HostEvidence;
import dev.earshot.evidence.PostgresSettings;
import dev.earshot.evidence.PostgresSettings.Setting;
import java.util.List;
import java.util.Optional;

/// Passwords that are set from now on are stored as `password_encryption` tells. PostgreSQL's
/// manual calls MD5 passwords deprecated, to be removed in a release to come; what it stores of one
/// is enough to log in with.
public final class PasswordEncryptionCheck implements Check {

  @Override
  public CheckInfo info() {
    return new CheckInfo(
        "postgres.password-encryption",
        "New passwords are stored as SCRAM-SHA-256",
        Severity.MEDIUM,
        """
        Whoever reads an MD5 hash from a backup can log in with it, without knowing the password; a \
        SCRAM secret is of no such use.\
        """,
        card());
  }

  private static Card card() {
    return new Card(
        List.of("postgres.settings", "network.addresses", "network.listeners", "network.sockets"),
        List.of(),
        """
        # on the database's host: scram-sha-256 is good
        sudo -u postgres psql -X -c 'show password_encryption'
        # roles that still have an MD5 password
        sudo -u postgres psql -X -c "select rolname from pg_authid where rolpassword like 'md5%'"\
        """,
        "Set password_encryption to scram-sha-256, reload the server, then set every password again. Drivers older than 2018 may not know SCRAM.");
  }

  @Override
  public List<Finding> judge(Fleet fleet) {
    return Servers.judge(info(), fleet, (host, settings) -> List.of(judge(host, settings)));
  }

  private Finding judge(HostEvidence host, PostgresSettings settings) {
    Subject subject = Servers.subject(host, settings);
    Optional<Setting> setting = settings.setting("password_encryption");
    if (setting.isEmpty() || setting.get().value().equals(PostgresSettings.WITHHELD)) {
      return Finding.of(
          info(),
          subject,
          new Verdict.Unknown("%s: password_encryption could not be read".formatted(host.name())));
    }
    String told = "%s: %s".formatted(host.name(), ServerSetting.told(setting.get()));
    if (setting.get().value().equals("scram-sha-256")) {
      return Finding.of(info(), subject, new Verdict.Pass(told));
    }
    return Finding.of(
            info(), subject, new Verdict.Fail(Severity.MEDIUM, told + "; limit scram-sha-256"))
        .with(
            ServerSetting.alterSystem(
                host,
                settings,
                "Set scram-sha-256 and let the server read it, then set every password again; drivers older than 2018 may not know it.",
                "password_encryption",
                "scram-sha-256"));
  }
}
