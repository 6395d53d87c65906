package dev.earshot.evidence;

import java.util.List;
import java.util.Optional;

/// What the inventory says of a host, as far as checks and reports need it.
///
/// @param address where it is reached, as written
/// @param groups all that it belongs to, ancestors included
/// @param declared where it is said to be
/// @param lemmyVersion of which Lemmy it is said to be, a version or an image with its tag
/// @param serviceName by which clients are said to know the service; blank where they are said to
///   know it by none
/// @param file that declares it, relative to the inventory's folder, with the line
public record InventoryHost(
    HostName name,
    String address,
    List<String> groups,
    Optional<Place> declared,
    Optional<String> lemmyVersion,
    Optional<String> serviceName,
    String file,
    int line) {

  public InventoryHost {
    groups = List.copyOf(groups);
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
