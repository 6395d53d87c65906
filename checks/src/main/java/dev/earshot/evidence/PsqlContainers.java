package dev.earshot.evidence;

/// How [Psql] reaches servers in containers: with the psql in there, by the first socket that is
/// there, since a server need not listen at 5432.
final class PsqlContainers {

  /// The role is the one that the official image was told to make; `PGUSER` carries it, since
  /// `\connect` forgets `--username`.
  private static final String INSIDE =
      """
      cd /; unset PGHOST PGHOSTADDR PGSERVICE PGOPTIONS PGPASSWORD; export PGUSER="${POSTGRES_USER:-postgres}" LC_ALL=C PSQL_HISTORY=/dev/null PGPASSFILE=/nonexistent; for socket in /var/run/postgresql/.s.PGSQL.* /tmp/.s.PGSQL.*; do if [ -S "$socket" ]; then export PGHOST="${socket%/*}" PGPORT="${socket##*.}"; break; fi; done;\
      """;

  private static final String ADD =
      """
      add_contained() {
        case $3 in '' | *[!A-Za-z0-9_.-]*) return ;; esac
        for user in postgres default; do
          told=$(echo "select current_setting('port') as port, case when current_user ~ '[^A-Za-z0-9_.-]' then '-' else current_user end as role, :'HOST' as directory" | query "$engine/$1/$user/$3/.s.PGSQL.0" postgres 2>&1)
          case $told in
            "port,role,directory$newline"[0-9]*)
              told=$(printf '%s\\n' "$told" | tail -n 1)
              inside=${told%%,*}
              role=${told#*,}
              role=${role%,*}
              directory=run
              [ "${told##*,}" != /tmp ] || directory=tmp
              port=$inside
              for published in $4; do
                [ "${published%=*}" != "$inside/tcp" ] || port=${published#*=}
              done
              case $inside$port in *[!0-9]*) return ;; esac
              case $role in '' | *[!A-Za-z0-9_.-]*) role=- ;; esac
              sockets="$sockets${sockets:+$newline}$engine/$1/$user/$3 $user $inside $role $directory/.s.PGSQL.$port"
              return
              ;;
          esac
        done
        refusals="${refusals}PostgreSQL in $engine's container $3 did not answer ($(printf '%s\\n' "$told" | head -n 1)); "
      }
      """;

  /// Adds to `sockets`, as `ENGINE/ID/USER/NAME USER PORT ROLE DIRECTORY/.s.PGSQL.PORT`, or to
  /// `refusals`: the container, then how it is entered and what the server is called in there, then
  /// the port that clients know. Needs `newline` and `query`.
  static final String FIND = ADD + ContainerSearch.of("postgres", "PostgreSQL", INSIDE);

  private PsqlContainers() {}
}
