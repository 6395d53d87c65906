package dev.earshot.recording;

import dev.earshot.evidence.FleetRecording;
import dev.earshot.evidence.HostRecording;
import dev.earshot.evidence.HostRecording.Answer;
import dev.earshot.evidence.HostRecording.Question;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/// Keeps recordings: `audit.json`, `HOST/PROBE.txt` and, as `policy.yml`, the `earshot.yml` by
/// which they were judged, in a folder or packed into one zip file, which has [Checksums], too. A
/// folder is for people to look into and to change, so it tells what was asked with each answer: of
/// the text of an audit that is nine tenths. It is for nothing else, so that no file of the user's
/// that has one of these names is replaced.
///
/// A file may come from a stranger, so what is read of it is bounded.
public final class RecordingStore {

  static final String MANIFEST = "audit.json";
  static final String POLICY = "policy.yml";

  /// What it was called before, as the file beside an inventory is.
  static final String OLD_POLICY = "earshot.yml";

  private static final long LARGEST_RECORDING = 512L << 20;

  /// What hosts answer shrinks to a fifth: what grows by much more was made to burst, unless it is
  /// small.
  private static final int MOST_GROWTH = 40;

  private static final long SMALL = 64L << 20;

  private RecordingStore() {}

  /// Saves a recording about whose judging nothing was said.
  public static void save(FleetRecording recording, Path to) {
    save(recording, Judging.USUAL, to);
  }

  /// Writes a zip file, or a folder where `to` is one already that is empty or holds a recording.
  /// The old content of a file stays until the new one is complete.
  public static void save(FleetRecording recording, Judging judging, Path to) {
    try {
      if (Files.isDirectory(to)) {
        obstacle(to)
            .ifPresent(obstacle -> {
              throw new RecordingException(obstacle);
            });
        unpack(recording, judging, to);
        return;
      }
      Path absolute = to.toAbsolutePath();
      Path folder = Files.createTempDirectory(absolute.getParent(), ".earshot-");
      Path unfinished = folder.resolve("audit.zip");
      try {
        try (OutputStream file = Files.newOutputStream(unfinished)) {
          pack(recording, judging, file);
        }
        Files.setPosixFilePermissions(unfinished, PosixFilePermissions.fromString("rw-------"));
        Files.move(unfinished, absolute, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(unfinished);
        Files.delete(folder);
      }
    } catch (IOException unwritable) {
      throw new RecordingException(
          "the evidence could not be saved to %s: %s".formatted(to, reason(unwritable)),
          unwritable);
    }
  }

  /// Why a folder takes no recording: it holds something else.
  public static Optional<String> obstacle(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.findAny().isEmpty() || RecordingReader.isThere(folder)
          ? Optional.empty()
          : Optional.of(
              "%s holds other files and no saved evidence: name an empty folder, or a file in it, such as %s"
                  .formatted(folder, folder.resolve("audit.zip")));
    } catch (IOException unreadable) {
      return Optional.of("%s can't be read: %s".formatted(folder, reason(unreadable)));
    }
  }

  /// Writes what a zip file of it holds, and closes the stream.
  public static void pack(FleetRecording recording, Judging judging, OutputStream out)
      throws IOException {
    try (PackedEntries entries = new PackedEntries(out, recording.takenAt())) {
      write(recording, judging, entries, (_, answer) -> AnswerText.write(answer));
    }
  }

  /// Reads the recording in what [#save] wrote.
  public static FleetRecording load(Path from) {
    return open(from).recording();
  }

  /// Reads what [#save] wrote. One with checksums, packed or unpacked again, is refused where an
  /// entry is not what was saved.
  public static SavedAudit open(Path from) {
    try {
      if (Files.isDirectory(from)) {
        EntrySource folder = new FolderSource(from);
        return folder.has(Checksums.NAME)
            ? RecordingReader.verified(folder, LARGEST_RECORDING)
            : RecordingReader.read(folder, LARGEST_RECORDING);
      }
      long most = Math.min(LARGEST_RECORDING, Math.max(SMALL, MOST_GROWTH * Files.size(from)));
      try (ZipFile zip = new ZipFile(from.toFile())) {
        return packed(new ZipSource(zip), most);
      }
    } catch (RecordingException wrong) {
      throw new RecordingException("%s: %s".formatted(from, wrong.getMessage()), wrong);
    } catch (IOException | UncheckedIOException unreadable) {
      throw new RecordingException(
          "%s can't be read as saved evidence: %s".formatted(from, reason(unreadable)), unreadable);
    }
  }

  private static void unpack(FleetRecording recording, Judging judging, Path folder)
      throws IOException {
    FolderEntries entries = new FolderEntries(folder);
    for (HostRecording host : recording.hosts()) {
      entries.clear(Manifests.folder(host.host().name()));
    }
    write(recording, judging, entries, AnswerText::writeWithCommand);
    Files.deleteIfExists(folder.resolve(Checksums.NAME));
    if (judging.policy().isEmpty()) {
      Files.deleteIfExists(folder.resolve(POLICY));
    }
  }

  private static void write(
      FleetRecording recording,
      Judging judging,
      Entries entries,
      BiFunction<Question, Answer, String> text)
      throws IOException {
    entries.put(MANIFEST, Manifests.write(recording, judging));
    if (judging.policy().isPresent()) {
      entries.put(POLICY, judging.policy().get().yaml());
    }
    for (HostRecording host : recording.hosts()) {
      String folder = Manifests.folder(host.host().name());
      for (Map.Entry<Question, Answer> one : sorted(host.answers())) {
        entries.put(
            folder + "/" + one.getKey() + AnswerText.SUFFIX,
            text.apply(one.getKey(), one.getValue()));
      }
    }
  }

  private static List<Map.Entry<Question, Answer>> sorted(Map<Question, Answer> answers) {
    return answers.entrySet().stream()
        .sorted(Comparator.comparing(one -> one.getKey().toString()))
        .toList();
  }

  private static SavedAudit packed(EntrySource zip, long most) {
    if (zip.has(Checksums.NAME)) {
      return RecordingReader.verified(zip, most);
    }
    SavedAudit audit = RecordingReader.read(zip, most);
    if (audit.format() > Manifest.WITHOUT_CHECKSUMS) {
      throw Checksums.missing(Checksums.NAME);
    }
    return audit.remarked("it was saved without checksums, so damage to it would go unnoticed");
  }

  private static String reason(Exception trouble) {
    return switch (trouble) {
      case NoSuchFileException _ -> "there is no such file";
      case AccessDeniedException _ -> "access is denied";
      case ZipException broken ->
          "it is no zip file, or one that was cut off or damaged (%s); get another copy, or audit again"
              .formatted(broken.getMessage());
      default -> String.valueOf(trouble.getMessage());
    };
  }
}
