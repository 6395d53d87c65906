package dev.earshot.anonymity;

import dev.earshot.evidence.HostEvidence;
import dev.earshot.evidence.PgBouncer;
import dev.earshot.evidence.PostgresActivity;
import dev.earshot.evidence.PostgresHba;
import dev.earshot.evidence.PostgresHealth;
import dev.earshot.evidence.PostgresServer;
import dev.earshot.evidence.PostgresSettings;
import dev.earshot.evidence.PostgresTables;
import dev.earshot.evidence.PostgresTables.Relation;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What people called the things in their PostgreSQL servers.
///
/// @param roles standbys included, which are known by the names of their applications
/// @param clients whom rules of `pg_hba.conf` name
/// @param slots for replication
/// @param relations tables, indexes and sequences
/// @param parts of relations: columns and constraints
/// @param extensions whose settings are not known
/// @param clusters servers by `cluster_name`, and tablespaces
/// @param containers that they run in
/// @param values of settings that the server could not take
/// @param settings names of settings, which mean the same everywhere
record PostgresNames(
    Set<String> roles,
    Set<String> databases,
    Set<String> clients,
    Set<String> slots,
    Set<String> schemas,
    Set<String> relations,
    Set<String> parts,
    Set<String> extensions,
    Set<String> clusters,
    Set<String> containers,
    Set<String> values,
    Set<String> settings) {

  private static final Set<String> OF_CLUSTERS =
      Set.of(
          "cluster_name",
          "bonjour_name",
          "event_source",
          "syslog_ident",
          "default_tablespace",
          "temp_tablespaces");
  private static final Set<String> OF_STANDBYS = Set.of("synchronous_standby_names");
  private static final Set<String> OF_SLOTS =
      Set.of("primary_slot_name", "synchronized_standby_slots");
  private static final Set<String> OF_SCHEMAS = Set.of("search_path");
  private static final Set<String> OF_ROLES = Set.of("role", "session_authorization");

  private static final Pattern QUOTED = Pattern.compile("\"([^\"\\n]{1,200})\"");

  /// `15/main`
  private static final String DEBIANS = "^\\d+/";

  static PostgresNames of(List<HostEvidence> hosts) {
    PostgresNames names =
        new PostgresNames(
            new TreeSet<>(),
            new TreeSet<>(),
            new TreeSet<>(),
            new TreeSet<>(),
            new TreeSet<>(),
            new TreeSet<>(),
            new TreeSet<>(),
            new TreeSet<>(),
            new TreeSet<>(),
            new TreeSet<>(),
            new TreeSet<>(),
            new TreeSet<>());
    for (HostEvidence host : hosts) {
      ServiceNames.both(host.postgresActivity()).flatMap(List::stream).forEach(names::add);
      host.postgres().collected().stream().flatMap(List::stream).forEach(names::add);
      host.postgresHealth().collected().stream().flatMap(List::stream).forEach(names::add);
      host.postgresTables().collected().stream().flatMap(List::stream).forEach(names::add);
      host.hba().collected().stream().flatMap(List::stream).forEach(names::add);
      ServiceNames.both(host.pgBouncer()).flatMap(List::stream).forEach(names::add);
      ServiceNames.both(host.lemmyDatabase())
          .flatMap(List::stream)
          .forEach(lemmy -> names.databases.add(lemmy.database()));
    }
    return names;
  }

  private void add(PostgresServer server) {
    server
        .container()
        .ifPresent(container -> {
          containers.add(container.name());
          container.inside().ifPresent(inside -> roles.add(inside.role()));
        });
  }

  private void add(PostgresActivity activity) {
    add(activity.server());
    activity
        .sessions()
        .forEach(sessions -> {
          roles.add(sessions.role());
          databases.add(sessions.database());
        });
    activity.databases().forEach(database -> databases.add(database.name()));
    activity.standbys().forEach(standby -> roles.add(standby.name()));
  }

  private void add(PostgresSettings postgres) {
    add(postgres.server());
    postgres.settings().values().forEach(setting -> setting(setting.name(), setting.value()));
    postgres
        .overrides()
        .forEach(override -> {
          roles.add(override.role());
          databases.add(override.database());
          setting(override.name(), override.value());
        });
  }

  private void setting(String name, String value) {
    if (name.contains(".")) {
      extension(name);
    } else {
      settings.add(name);
    }
    Stream.of(value.split("[,()]"))
        .map(one -> one.strip().replaceFirst("(?i)^(?:first|any)?\\s*\\d*$", ""))
        .map(one -> one.replaceAll("^[\"']|[\"']$", "").replaceFirst(DEBIANS, ""))
        .filter(one -> !one.isEmpty() && !one.equals("*"))
        .forEach(one -> {
          if (OF_CLUSTERS.contains(name)) {
            clusters.add(one);
          } else if (OF_STANDBYS.contains(name) || OF_ROLES.contains(name)) {
            roles.add(one);
          } else if (OF_SLOTS.contains(name)) {
            slots.add(one);
          } else if (OF_SCHEMAS.contains(name)) {
            schemas.add(one);
          }
        });
  }

  /// A setting of a name that nobody reserved: `extension.setting`.
  private void extension(String setting) {
    int dot = setting.indexOf('.');
    if (dot > 0) {
      extensions.add(setting.substring(0, dot));
    }
  }

  private void add(PostgresHealth health) {
    add(health.server());
    each(health.transactions())
        .forEach(open -> {
          roles.add(open.role());
          databases.add(open.database());
        });
    each(health.blocked())
        .forEach(blocked -> {
          roles.add(blocked.role());
          roles.add(blocked.blocker());
          databases.add(blocked.database());
        });
    each(health.prepared())
        .forEach(prepared -> {
          roles.add(prepared.role());
          databases.add(prepared.database());
        });
    each(health.ages()).forEach(age -> databases.add(age.database()));
    each(health.counters()).forEach(counters -> databases.add(counters.database()));
    each(health.slots()).forEach(slot -> slots.add(slot.name()));
    each(health.standbys()).forEach(standby -> roles.add(standby.name()));
    each(health.collations()).forEach(collation -> databases.add(collation.database()));
    each(health.mistakes())
        .forEach(mistake -> {
          extension(mistake.setting());
          QUOTED
              .matcher(mistake.error())
              .results()
              .map(found -> found.group(1))
              .forEach(values::add);
        });
    each(health.horizon())
        .forEach(holder -> {
          switch (holder.kind()) {
            case "slot", "catalog" -> slots.add(holder.name());
            case "process" -> {}
            default -> roles.add(holder.name());
          }
        });
    each(health.shadowed()).forEach(line -> extension(line.setting()));
    each(health.roles()).forEach(role -> roles.add(role.name()));
    clusters.addAll(each(health.inside()));
    each(health.unvacuumed())
        .forEach(tables -> {
          databases.add(tables.database());
          relation(tables.example());
        });
    each(health.indexes())
        .forEach(indexes -> {
          databases.add(indexes.database());
          relation(indexes.example());
        });
  }

  private void add(PostgresTables tables) {
    add(tables.server());
    for (PostgresTables.Database database : tables.asked()) {
      databases.add(database.name());
      each(database.bloat()).forEach(bloat -> add(bloat.relation()));
      each(database.unused())
          .forEach(unused -> {
            add(unused.index());
            relation(unused.table());
          });
      each(database.redundant())
          .forEach(redundant -> {
            add(redundant.index());
            relation(redundant.covering());
          });
      each(database.unindexed())
          .forEach(key -> {
            add(key.table());
            parts.add(key.constraint());
            parts.addAll(key.columns());
            relation(key.referenced());
          });
      each(database.scanned()).forEach(scanned -> add(scanned.table()));
      each(database.stale()).forEach(stale -> add(stale.table()));
      each(database.sequences())
          .forEach(sequence -> {
            add(sequence.sequence());
            column(sequence.column());
          });
    }
  }

  private void add(Relation relation) {
    schemas.add(relation.schema());
    relations.add(relation.name());
  }

  /// With its schema or without; quoted, where it has to be.
  private void relation(String written) {
    String name = written.replace("\"", "");
    int dot = name.indexOf('.');
    if (dot > 0) {
      schemas.add(name.substring(0, dot));
    }
    relations.add(name.substring(dot + 1));
  }

  /// `table.column (type)`
  private void column(String owner) {
    String name = owner.replaceFirst(" [(][^\"]*$", "");
    int dot = name.lastIndexOf('.');
    if (dot > 0) {
      relation(name.substring(0, dot));
    }
    parts.add(name.substring(dot + 1));
  }

  private void add(PostgresHba hba) {
    add(hba.server());
    hba.rules().forEach(this::add);
    hba.memberships()
        .forEach((member, groups) -> {
          roles.add(member);
          roles.addAll(groups);
        });
  }

  private void add(PostgresHba.Rule rule) {
    rule.users().forEach(user -> roles.add(user.replaceFirst("^[+/]", "")));
    rule.databases().forEach(one -> databases.add(one.replaceFirst("^/", "")));
    clients.add(Domains.bare(rule.address()));
  }

  private void add(PgBouncer pooler) {
    add(pooler.server());
    pooler
        .pools()
        .forEach(pool -> {
          roles.add(pool.role());
          databases.add(pool.database());
        });
    pooler.databases().forEach(database -> databases.add(database.name()));
    pooler
        .access()
        .ifPresent(access -> {
          access.rules().ifPresent(rules -> rules.rules().forEach(this::add));
          access
              .clients()
              .forEach(client -> {
                roles.add(client.role());
                databases.add(client.database());
              });
        });
  }

  private static <T> Collection<T> each(Optional<List<T>> list) {
    return list.orElse(List.of());
  }
}
