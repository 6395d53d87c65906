package dev.earshot.evidence;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What Ansible's Docker modules and Docker Compose will find on a host.
///
/// @param system what runs there; none where that is not told
/// @param debian its major version, where it is Debian 12 or later
/// @param python whether there is a `/usr/bin/python3`
/// @param docker whether Docker's client is there
/// @param podman whether Podman is, which needs no daemon to be ready; evidence of earlier versions
///   does not tell
/// @param plugins where Compose is a plugin of the client
/// @param standalone where there is a `docker-compose` of its own
/// @param packages those of Python that matter
/// @param unmanaged folders of Python whose `EXTERNALLY-MANAGED` somebody has deleted (PEP 668)
/// @param breaking files that tell pip to overwrite system packages
public record ContainerReadiness(
    Optional<Distribution> system,
    Optional<Integer> debian,
    boolean python,
    boolean docker,
    Optional<Boolean> podman,
    List<String> plugins,
    List<String> standalone,
    List<PythonPackage> packages,
    List<String> unmanaged,
    List<String> breaking) {

  /// By `/etc/os-release`.
  ///
  /// @param id `ubuntu`
  /// @param ofDebian whether it is Debian or derives from it
  /// @param codename of the release: `noble`
  public record Distribution(String id, boolean ofDebian, Optional<String> codename) {}

  /// One that is installed, by the name of its metadata.
  ///
  /// @param name in lower case, with hyphens
  /// @param byPip rather than by Debian's package
  public record PythonPackage(String name, String version, boolean byPip) {}

  /// Nothing is started for it: Python's packages are told by the names of their folders, Compose
  /// by its files. The folders for plugins are those that Docker's client looks into.
  public static final Probe<ContainerReadiness> PROBE =
      Probe.of(
              "machine.readiness",
              "Whether Ansible's Docker modules and Docker Compose would work: by which files are there, nothing is started. Only with Docker or Podman, or Debian 12 or later.",
              """
              look() {
                id= version= like= codename=
                while IFS='=' read -r key value; do
                  value=${value#\\"}
                  value=${value%\\"}
                  case $key in
                    ID) id=$value ;;
                    ID_LIKE) like=$value ;;
                    VERSION_ID) version=${value%%.*} ;;
                    VERSION_CODENAME) codename=$value ;;
                  esac
                done 2>/dev/null </etc/os-release
                case $id:$version in debian:1[2-9] | debian:[2-9][0-9]) debian=$version ;; *) debian= ;; esac
                docker= podman=
                for bin in /usr/local/sbin /usr/local/bin /usr/sbin /usr/bin /sbin /bin; do
                  [ ! -x "$bin/docker" ] || docker=docker
                  [ ! -x "$bin/podman" ] || podman=yes
                done
                [ -n "$debian$docker$podman" ] || return 44
                echo "readiness ${debian:-other}"
                printf '%s\\n' "id $id" "like $like" "codename $codename"
                [ -z "$docker" ] || echo docker
                echo "podman ${podman:-no}"
                [ ! -x /usr/bin/python3 ] || echo python3
                for dir in "${HOME:-/root}/.docker" /usr/local/lib/docker /usr/local/libexec/docker /usr/lib/docker /usr/libexec/docker; do
                  [ ! -x "$dir/cli-plugins/docker-compose" ] || printf '%s\\n' "plugin $dir/cli-plugins/docker-compose"
                done
                for bin in /usr/local/bin /usr/bin "${HOME:-/root}/.local/bin"; do
                  [ ! -x "$bin/docker-compose" ] || printf '%s\\n' "standalone $bin/docker-compose"
                done
                for entry in /usr/lib/python3/dist-packages/*-info /usr/local/lib/python3*/dist-packages/*-info "${HOME:-/root}"/.local/lib/python3*/site-packages/*-info; do
                  case ${entry##*/} in
                    docker-[0-9]* | docker_compose-[0-9]* | requests-[0-9]* | [Pp]y[Yy][Aa][Mm][Ll]-[0-9]*) printf '%s\\n' "python $entry" ;;
                  esac
                done
                for lib in /usr/lib/python3.[0-9]*; do
                  [ -z "$debian" ] || [ ! -e "$lib/json/__init__.py" ] || [ -e "$lib/EXTERNALLY-MANAGED" ] || printf '%s\\n' "unmanaged $lib"
                done
                for file in /etc/pip.conf "${HOME:-/root}/.config/pip/pip.conf" "${HOME:-/root}/.pip/pip.conf"; do
                  [ -f "$file" ] && [ -r "$file" ] || continue
                  while read -r line; do
                    case $line in break[-_]system[-_]packages*[Tt]rue* | break[-_]system[-_]packages*1*) printf '%s\\n' "breaking $file" ;; esac
                  done 2>/dev/null <"$file"
                done
                return 0
              }
              look
              """,
              ContainerReadiness::parse)
          .atOnce();

  private static final Pattern HEAD = Pattern.compile("readiness (other|\\d{1,3})");

  private static final Pattern ID = Pattern.compile("[a-z0-9._-]{1,40}");

  private static final Pattern CODENAME = Pattern.compile("[a-z]{2,20}");

  private static final Pattern DEBIAN = Pattern.compile("(.* )?(debian|ubuntu)( .*)?");

  private static final Pattern METADATA =
      Pattern.compile(
          ".*/(?<name>[A-Za-z][A-Za-z_]{1,40})-(?<version>\\d[0-9A-Za-z.+!]{0,40}?)(-py[0-9.]{1,8})?\\.(dist|egg)-info");

  public ContainerReadiness {
    plugins = List.copyOf(plugins);
    standalone = List.copyOf(standalone);
    packages = List.copyOf(packages);
    unmanaged = List.copyOf(unmanaged);
    breaking = List.copyOf(breaking);
  }

  /// The one that Python would load: pip's stand before Debian's.
  public Optional<PythonPackage> installed(String name) {
    return packages.stream()
        .filter(one -> one.name().equals(name))
        .reduce((first, second) -> second.byPip() ? second : first);
  }

  static ContainerReadiness parse(String output) {
    List<String> lines = output.lines().toList();
    Matcher head = HEAD.matcher(lines.isEmpty() ? "" : lines.getFirst());
    if (!head.matches()) {
      throw new UnreadableOutput("it printed " + Text.firstLine(output));
    }
    List<PythonPackage> packages = new ArrayList<>();
    after(lines, "python ")
        .forEach(path -> {
          Matcher metadata = METADATA.matcher(path);
          if (metadata.matches()) {
            packages.add(
                new PythonPackage(
                    metadata.group("name").toLowerCase(Locale.ROOT).replace('_', '-'),
                    metadata.group("version"),
                    !path.startsWith("/usr/lib/")));
          }
        });
    Optional<Integer> debian =
        Optional.of(head.group(1)).filter(text -> !text.equals("other")).map(Integer::valueOf);
    return new ContainerReadiness(
        system(lines, debian),
        debian,
        lines.contains("python3"),
        lines.contains("docker"),
        after(lines, "podman ").stream().findFirst().map("yes"::equals),
        after(lines, "plugin "),
        after(lines, "standalone "),
        packages,
        after(lines, "unmanaged "),
        after(lines, "breaking "));
  }

  /// Recordings of before this was asked tell of Debian alone.
  private static Optional<Distribution> system(List<String> lines, Optional<Integer> debian) {
    Optional<String> codename = first(lines, "codename ", CODENAME);
    return first(lines, "id ", ID)
        .map(id ->
            new Distribution(
                id,
                DEBIAN.matcher(id).matches()
                    || after(lines, "like ").stream()
                        .anyMatch(like -> DEBIAN.matcher(like).matches()),
                codename))
        .or(() ->
            debian.map(version ->
                new Distribution(
                    "debian",
                    true,
                    switch (version) {
                      case 12 -> Optional.of("bookworm");
                      case 13 -> Optional.of("trixie");
                      default -> Optional.empty();
                    })));
  }

  private static Optional<String> first(List<String> lines, String mark, Pattern pattern) {
    return after(lines, mark).stream().limit(1).filter(pattern.asMatchPredicate()).findFirst();
  }

  private static List<String> after(List<String> lines, String mark) {
    return lines.stream()
        .filter(line -> line.startsWith(mark))
        .map(line -> Text.clip(line.substring(mark.length())))
        .toList();
  }
}
