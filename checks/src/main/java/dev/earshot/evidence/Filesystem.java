package dev.earshot.evidence;

import java.util.List;
import java.util.Optional;

/// One mounted local filesystem.
public record Filesystem(String device, String mountPoint, Bytes size, Bytes used, Bytes free) {

  public static final Probe<List<Filesystem>> PROBE =
      Probe.of(
          "machine.filesystems",
          "How full the disks are: a full disk stops a database.",
          // Some file systems can't be asked without rights; df then ends with 1 and prints the
          // rest.
          "df -P -k -l 2>/dev/null || df -P -k 2>/dev/null || true",
          Filesystem::parse);

  /// Of the space that ordinary users may fill.
  public Percent usedShare() {
    long usable = used.value() + free.value();
    return usable == 0 ? new Percent(0) : Percent.ofRatio((double) used.value() / usable);
  }

  static List<Filesystem> parse(String output) {
    List<Filesystem> found =
        output.lines().skip(1).map(Filesystem::line).flatMap(Optional::stream).toList();
    if (found.isEmpty()) {
      throw new UnreadableOutput("df printed " + Text.firstLine(output));
    }
    return found.stream().filter(Filesystem::holdsFiles).toList();
  }

  private static Optional<Filesystem> line(String line) {
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
            Bytes.ofKiB(free)));
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
