package dev.earshot.evidence;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/// One mounted local filesystem.
///
/// @param inodes which bound the number of files, where it has a fixed number of them
/// @param readOnly mounted so, although `/etc/fstab` does not want it
public record Filesystem(
    String device,
    String mountPoint,
    Bytes size,
    Bytes used,
    Bytes free,
    Optional<Inodes> inodes,
    boolean readOnly) {

  /// How many files there may be.
  public record Inodes(long total, long free) {

    public Percent freeShare() {
      return Percent.ofRatio(Math.clamp((double) free / Math.max(1, total), 0, 1));
    }
  }

  public static final Probe<List<Filesystem>> PROBE =
      Probe.of(
          "machine.filesystems",
          "How full the disks are, in bytes and in files, and which of them can't be written to: a full disk stops a database.",
          // Some file systems can't be asked without rights; df then ends with 1 and prints the
          // rest.
          """
          df -P -k -l 2>/dev/null || df -P -k 2>/dev/null || true
          echo '=== inodes'
          df -P -i -l 2>/dev/null || df -P -i 2>/dev/null || true
          echo '=== mounts'
          while read -r device point type options _; do
            case $device:$type in
              /dev/loop*:* | /dev/sr*:*) ;;
              /dev/*:* | *:zfs) case $options in ro | ro,*) echo "ro $point" ;; esac ;;
            esac
          done 2>/dev/null </proc/mounts
          while read -r device point _ options _; do
            case $device:,$options, in
              '#'*) ;;
              *,ro,*) echo "meant $point" ;;
            esac
          done 2>/dev/null </etc/fstab
          exit 0
          """,
          Filesystem::parse);

  private static final String INODES = "=== inodes";
  private static final String MOUNTS = "=== mounts";

  /// Of the space that ordinary users may fill.
  public Percent usedShare() {
    long usable = used.value() + free.value();
    return usable == 0 ? new Percent(0) : Percent.ofRatio((double) used.value() / usable);
  }

  /// The rest of [#usedShare].
  public Percent freeShare() {
    return new Percent(100 - usedShare().value());
  }

  static List<Filesystem> parse(String output) {
    List<String> lines = output.lines().toList();
    int inodesAt = lines.contains(INODES) ? lines.indexOf(INODES) : lines.size();
    int mountsAt = lines.contains(MOUNTS) ? lines.indexOf(MOUNTS) : lines.size();
    Map<String, Inodes> inodes = new HashMap<>();
    lines.subList(Math.min(inodesAt, mountsAt), mountsAt).forEach(line -> inodes(line, inodes));
    Set<String> readOnly = points(lines.subList(mountsAt, lines.size()), "ro ");
    readOnly.removeAll(points(lines.subList(mountsAt, lines.size()), "meant "));
    List<Filesystem> found =
        lines.subList(0, inodesAt).stream()
            .skip(1)
            .map(line -> line(line, inodes, readOnly))
            .flatMap(Optional::stream)
            .toList();
    if (found.isEmpty()) {
      throw new UnreadableOutput("df printed " + Text.firstLine(output));
    }
    return found.stream().filter(Filesystem::holdsFiles).toList();
  }

  private static Optional<Filesystem> line(
      String line, Map<String, Inodes> inodes, Set<String> readOnly) {
    String[] columns = line.strip().split("\\s+", 6);
    if (columns.length < 6) {
      return Optional.empty();
    }
    if (columns[1].equals("-")) {
      return Optional.empty();
    }
    // Where root has filled what is reserved for it, less than nothing is left.
    long free = columns[3].startsWith("-") ? 0 : Text.count(columns[3]);
    return Optional.of(
        new Filesystem(
            columns[0],
            columns[5],
            Bytes.ofKiB(Text.count(columns[1])),
            Bytes.ofKiB(Text.count(columns[2])),
            Bytes.ofKiB(free),
            Optional.ofNullable(inodes.get(columns[5])),
            readOnly.contains(columns[5])));
  }

  /// File systems that make inodes as they need them (btrfs, ZFS, FAT) say that they have none.
  private static void inodes(String line, Map<String, Inodes> inodes) {
    String[] columns = line.strip().split("\\s+", 6);
    if (columns.length == 6) {
      OptionalLong total = Text.whole(columns[1]);
      OptionalLong free = Text.whole(columns[3]);
      if (total.isPresent() && free.isPresent() && total.getAsLong() > 0 && free.getAsLong() >= 0) {
        inodes.putIfAbsent(columns[5], new Inodes(total.getAsLong(), free.getAsLong()));
      }
    }
  }

  /// The kernel and `/etc/fstab` write a blank as `\040`.
  private static Set<String> points(List<String> lines, String mark) {
    return lines.stream()
        .filter(line -> line.startsWith(mark))
        .map(line -> line.substring(mark.length()).replace("\\040", " "))
        .collect(Collectors.toCollection(HashSet::new));
  }

  /// Images and discs are always full, and memory is judged as memory.
  private boolean holdsFiles() {
    return size.value() > 0
        && !device.startsWith("/dev/loop")
        && !device.startsWith("/dev/sr")
        && !device.equals("efivarfs")
        && !device.equals("tmpfs")
        && !device.equals("devtmpfs")
        && !device.equals("udev")
        && !device.equals("overlay");
  }
}
