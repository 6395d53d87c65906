package dev.earshot.check.machine;

import dev.earshot.check.Quoted;
import dev.earshot.check.Remedy;
import dev.earshot.check.Severity;
import dev.earshot.evidence.ContainerReadiness;
import dev.earshot.evidence.ContainerReadiness.Distribution;
import dev.earshot.evidence.ContainerReadiness.PythonPackage;
import dev.earshot.evidence.HostName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What stands between one host and working Docker modules, a line each, and the Ansible tasks that
/// mend it.
public final class Readiness {

  private static final Pattern NUMBERS = Pattern.compile("(\\d{1,6})(?:\\.(\\d{1,6}))?.*");

  /// Whose releases Docker has packages for; those of their derivatives are other ones.
  private static final Set<String> WITH_DOCKERS_PACKAGES = Set.of("debian", "ubuntu");

  private final ContainerReadiness host;
  private final boolean ownPython;
  private final List<String> troubles = new ArrayList<>();
  private final List<String> figures = new ArrayList<>();
  private final List<String> tasks = new ArrayList<>();
  private Severity severity = Severity.LOW;

  private Readiness(ContainerReadiness host, boolean ownPython) {
    this.host = host;
    this.ownPython = ownPython;
  }

  /// What Docker's tools would find on a host that has its client.
  ///
  /// @param ownPython whether Ansible is told to use another Python than the system's
  public static Readiness of(ContainerReadiness host, boolean ownPython) {
    Readiness readiness = new Readiness(host, ownPython);
    readiness.compose();
    readiness.python();
    readiness.pip();
    return readiness;
  }

  /// The same of one that is to have it.
  ///
  /// @param peer who has containers
  public static Readiness withoutDocker(ContainerReadiness host, boolean ownPython, String peer) {
    Readiness readiness = new Readiness(host, ownPython);
    readiness.trouble(
        Severity.LOW,
        "there is no Docker, while %s runs containers".formatted(peer),
        readiness.engine(
            "Docker and Compose",
            "docker-ce, docker-ce-cli, containerd.io, docker-compose-plugin"));
    readiness.python();
    readiness.pip();
    return readiness;
  }

  /// What stands in the way, a phrase each.
  public List<String> troubles() {
    return List.copyOf(troubles);
  }

  /// What is as it should be, a phrase each.
  public List<String> figures() {
    return List.copyOf(figures);
  }

  /// Why Python's packages say nothing here.
  public Optional<String> unjudged() {
    if (!isOfDebian()) {
      return Optional.of(
          "Python's packages are judged only where they are Debian's, and this is "
              + host.system().map(Distribution::id).orElse("not known to be"));
    }
    return ownPython
        ? Optional.of(
            "Python's packages are not judged, since ansible_python_interpreter is another Python than the system's")
        : Optional.empty();
  }

  /// How to mend it. Without a playbook where that depends on a distribution that is not known
  /// here.
  public Remedy remedy(HostName name) {
    String host = name.value();
    return new Remedy(
        "Use community.docker.docker_compose_v2 with the Compose plugin and the system's own Python packages; take away what pip brought.",
        tasks.isEmpty()
            ? ""
            : """
            - name: Make this host ready for containers
              hosts: %s
              become: true
              gather_facts: false
              tasks:
            """
                    .formatted(Quoted.yaml(host))
                + String.join("", tasks),
        Stream.of(
                "docker compose version; command -v docker-compose   # on %s",
                "dpkg -l python3-docker python3-requests; ls /usr/lib/python3*/EXTERNALLY-MANAGED   # on %s")
            .limit(unjudged().isPresent() ? 1 : 2)
            .map(command -> command.formatted(Quoted.comment(host)))
            .toList());
  }

  /// Of the worst trouble.
  public Severity severity() {
    return severity;
  }

  private void compose() {
    Optional<String> v1 =
        host.installed("docker-compose")
            .filter(one -> major(one.version()) == 1)
            .map(PythonPackage::version);
    if (host.plugins().isEmpty()) {
      trouble(
          host.standalone().isEmpty() ? Severity.LOW : Severity.MEDIUM,
          "Compose is no plugin of Docker's client: community.docker.docker_compose_v2 needs it, and docker_compose was removed in community.docker 4.0.0",
          engine("Compose's plugin", "docker-compose-plugin"));
    } else {
      figures.add("Compose is a plugin, " + host.plugins().getFirst());
    }
    if (!host.standalone().isEmpty() && (!host.plugins().isEmpty() || v1.isPresent())) {
      trouble(
          v1.isPresent() ? Severity.MEDIUM : Severity.LOW,
          "%s %s: version 1 names containers with _ where version 2 has -, so that a project is started twice"
              .formatted(
                  host.standalone().getFirst(),
                  v1.map(version -> "is Compose " + version)
                      .orElse("is there beside the plugin, and may be Compose 1")),
          v1.isPresent() && isOfDebian()
              ? """
                  - name: Take Debian's Compose 1 away (look at docker ps first; its containers go on running)
                    ansible.builtin.apt:
                      name: docker-compose
                      state: absent
                    when: earshot_allow_disruption | default(false) | bool
              """
              : "");
    }
  }

  private boolean isOfDebian() {
    return host.system().filter(Distribution::ofDebian).isPresent();
  }

  /// Elsewhere, Python and its packages stand in other places than those that were looked at.
  private void python() {
    if (unjudged().isPresent()) {
      return;
    }
    if (!host.python()) {
      trouble(
          Severity.MEDIUM,
          "there is no /usr/bin/python3: no module of Ansible but raw runs there",
          """
              - name: Install Python (gather_facts is off because facts need it)
                ansible.builtin.raw: apt-get install -y python3
          """);
      return;
    }
    Optional<PythonPackage> requests = host.installed("requests");
    Optional<PythonPackage> docker = host.installed("docker");
    if (requests.isEmpty()) {
      trouble(
          Severity.MEDIUM,
          "Python has no requests: Ansible's Docker modules need it (docker_compose_v2 does without)",
          packages("python3-requests"));
    } else if (!speaksToDocker(requests, docker)) {
      trouble(
          Severity.MEDIUM,
          "requests %s with Docker's SDK %s: \"Not supported URL scheme http+docker\" before community.docker 3.10.2"
              .formatted(
                  requests.get().version(), docker.map(PythonPackage::version).orElse("none")),
          packages("python3-docker, python3-requests"));
    } else {
      figures.add(
          "requests %s, %s"
              .formatted(
                  requests.get().version(),
                  docker
                      .map(sdk -> "Docker's SDK " + sdk.version())
                      .orElse("no Docker SDK, which only swarm and stack modules need")));
    }
  }

  private void pip() {
    if (!isOfDebian()) {
      return;
    }
    host.installed("docker-compose")
        .filter(PythonPackage::byPip)
        .ifPresent(one ->
            trouble(
                Severity.MEDIUM,
                "docker-compose %s was installed with pip: Compose 1, which needs a PyYAML that no longer builds"
                    .formatted(one.version()),
                absent("docker-compose")));
    host.installed("pyyaml")
        .filter(one -> one.byPip() && major(one.version()) == 5)
        .ifPresent(one ->
            trouble(
                Severity.LOW,
                "PyYAML %s was pinned with pip before apt's".formatted(one.version()),
                absent("PyYAML")));
    for (String lib : host.unmanaged()) {
      trouble(
          Severity.MEDIUM,
          "%s/EXTERNALLY-MANAGED was deleted: pip overwrites what apt installed".formatted(lib),
          """
              - name: Bring EXTERNALLY-MANAGED back
                ansible.builtin.command:
                  argv: [apt-get, install, -y, --reinstall, lib%s-stdlib]
          """
              .formatted(
                  lib.matches("/usr/lib/python3\\.\\d{1,3}")
                      ? lib.substring("/usr/lib/".length())
                      : "python3"));
    }
    for (String file : host.breaking()) {
      trouble(
          Severity.MEDIUM,
          file + " sets break-system-packages: pip overwrites what apt installed",
          """
              - name: Let pip respect apt's packages
                ansible.builtin.lineinfile:
                  path: %s
                  regexp: ^\\s*break.system.packages
                  state: absent
          """
              .formatted(Quoted.yaml(file)));
    }
    if (host.unmanaged().isEmpty() && host.breaking().isEmpty()) {
      host.debian()
          .ifPresent(version ->
              figures.add(
                  "Debian %d keeps pip away%s"
                      .formatted(
                          version,
                          version >= 13
                              ? ", and has no apt-key: use signed-by, not apt_key"
                              : "")));
    }
  }

  /// Requests 2.32 changed what Docker's SDK hooks into; its 7.1.0 knows.
  static boolean speaksToDocker(Optional<PythonPackage> requests, Optional<PythonPackage> docker) {
    return requests.isEmpty()
        || docker.isEmpty()
        || !atLeast(requests.get().version(), 2, 32)
        || atLeast(docker.get().version(), 7, 1);
  }

  private static boolean atLeast(String version, int major, int minor) {
    Matcher numbers = NUMBERS.matcher(version);
    if (!numbers.matches()) {
      return false;
    }
    int first = Integer.parseInt(numbers.group(1));
    int second = numbers.group(2) == null ? 0 : Integer.parseInt(numbers.group(2));
    return first > major || (first == major && second >= minor);
  }

  private static int major(String version) {
    Matcher numbers = NUMBERS.matcher(version);
    return numbers.matches() ? Integer.parseInt(numbers.group(1)) : 0;
  }

  private void trouble(Severity how, String what, String task) {
    troubles.add(what);
    if (!task.isEmpty()) {
      tasks.add(task);
    }
    severity = how.isAtLeast(severity) ? how : severity;
  }

  /// The module deb822_repository came with ansible-core 2.15 only; Debian 12 has 2.14, which would
  /// not even read the playbook.
  private String engine(String what, String packages) {
    Optional<Distribution> known =
        host.system().filter(system -> WITH_DOCKERS_PACKAGES.contains(system.id()));
    Optional<String> suite = known.flatMap(Distribution::codename);
    if (known.isEmpty() || suite.isEmpty()) {
      return "";
    }
    return """
        - name: Have a place for keys
          ansible.builtin.file:
            path: /etc/apt/keyrings
            state: directory
            mode: "0755"
        - name: Have Docker's key
          ansible.builtin.get_url:
            url: https://download.docker.com/linux/%1$s/gpg
            dest: /etc/apt/keyrings/docker.asc
            mode: "0644"
        - name: Know Docker's own packages
          ansible.builtin.copy:
            dest: /etc/apt/sources.list.d/docker.sources
            mode: "0644"
            content: |
              Types: deb
              URIs: https://download.docker.com/linux/%1$s
              Suites: %2$s
              Components: stable
              Signed-By: /etc/apt/keyrings/docker.asc
        - name: Install %3$s
          ansible.builtin.apt:
            name: [%4$s]
            update_cache: true
          when: not ansible_check_mode
    """
        .formatted(known.get().id(), suite.get(), what, packages);
  }

  private static String packages(String names) {
    return """
        - name: Install the system's own Python packages
          ansible.builtin.apt:
            name: [%s]
    """
        .formatted(names);
  }

  /// The module's own break_system_packages came with ansible-core 2.17; pip reads its options from
  /// the environment, too.
  private static String absent(String name) {
    return """
        - name: Take pip's %1$s away
          ansible.builtin.pip:
            name: %1$s
            state: absent
          environment:
            PIP_BREAK_SYSTEM_PACKAGES: "1"
          when: earshot_allow_disruption | default(false) | bool
    """
        .formatted(name);
  }
}
