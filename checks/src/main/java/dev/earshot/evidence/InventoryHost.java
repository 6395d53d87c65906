package dev.earshot.evidence;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What the inventory says of a host, as far as checks and reports need it.
///
/// @param address where it is reached, as written
/// @param groups all that it belongs to, ancestors included
/// @param declared where it is said to be
/// @param lemmyVersion of which Lemmy it is said to be, a version or an image with its tag
/// @param serviceName by which clients are said to know the service; blank where they are said to
///   know it by none
/// @param ownPython whether Ansible is told to use another Python there than the system's own
/// @param file that declares it, relative to the folder in which Earshot ran where it lies below
///   that, else to the inventory's, with the line; or the list of hosts in its place
/// @param said where its variables stand, for those things of which that is known
public record InventoryHost(
    HostName name,
    String address,
    List<String> groups,
    Optional<Place> declared,
    Optional<String> lemmyVersion,
    Optional<String> serviceName,
    boolean ownPython,
    String file,
    int line,
    Map<Topic, Line> said) {

  /// What variables tell of a host.
  public enum Topic {
    PLACE("place"),
    LEMMY_VERSION("lemmyVersion"),
    SERVICE_NAME("serviceName");

    private final String label;

    Topic(String label) {
      this.label = label;
    }

    /// As it is kept: `lemmyVersion`.
    public String label() {
      return label;
    }
  }

  /// A line that somebody wrote.
  ///
  /// @param file relative to the same: `group_vars/databases.yml`
  public record Line(String file, int line) {}

  public InventoryHost {
    groups = List.copyOf(groups);
    said = Map.copyOf(said);
  }

  /// One of whose Python nothing is said, nor where its variables stand.
  public InventoryHost(
      HostName name,
      String address,
      List<String> groups,
      Optional<Place> declared,
      Optional<String> lemmyVersion,
      Optional<String> serviceName,
      String file,
      int line) {
    this(name, address, groups, declared, lemmyVersion, serviceName, false, file, line, Map.of());
  }

  /// The line that says this of the host, else the one that declares it; nothing where neither is
  /// known.
  public Optional<Line> line(Optional<Topic> about) {
    return about
        .flatMap(topic -> Optional.ofNullable(said.get(topic)))
        .or(() -> hasFile() ? Optional.of(new Line(file, line)) : Optional.empty());
  }

  /// Whether a file declares it, rather than a list like `db1,db2` on the command line, which has
  /// no lines.
  public boolean hasFile() {
    return !file.isEmpty() && !(line == 0 && file.contains(","));
  }

  /// One of whose service nothing is said.
  public InventoryHost(
      HostName name,
      String address,
      List<String> groups,
      Optional<Place> declared,
      String file,
      int line) {
    this(name, address, groups, declared, Optional.empty(), Optional.empty(), file, line);
  }
}
