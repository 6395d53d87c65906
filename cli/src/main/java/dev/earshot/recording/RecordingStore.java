package dev.earshot.recording;

import dev.earshot.evidence.FleetRecording;
import dev.earshot.evidence.HostRecording;
import dev.earshot.evidence.HostRecording.Answer;
import dev.earshot.evidence.HostRecording.Question;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.ProviderNotFoundException;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.zip.ZipException;

/// Keeps recordings: `audit.json` and `HOST/PROBE.txt`, in a folder or packed into one zip file,
/// which has [Checksums], too. A folder is for people to look into and to change.
///
/// A file may come from a stranger, so what is read of it is bounded.
public final class RecordingStore {

  private static final String MANIFEST = "audit.json";
  private static final String ANSWER = ".txt";

  /// An answer of 4 MiB, each byte of which may have become a replacement character of three, and
  /// its head.
  private static final int LARGEST_ENTRY = 16 << 20;

  /// Of as many hosts as a recording may hold, with all their probes.
  private static final int LARGEST_SUMS = 64 << 20;

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

  /// Writes a zip file, or a folder where `to` is one already. The old content stays until the new
  /// one is complete.
  public static void save(FleetRecording recording, Judging judging, Path to) {
    try {
      if (Files.isDirectory(to)) {
        write(recording, judging, to);
        Files.deleteIfExists(to.resolve(Checksums.NAME));
        return;
      }
      Path absolute = to.toAbsolutePath();
      Path folder = Files.createTempDirectory(absolute.getParent(), ".earshot-");
      Path unfinished = folder.resolve("audit.zip");
      try {
        try (FileSystem zip = FileSystems.newFileSystem(unfinished, Map.of("create", "true"))) {
          Path root = zip.getPath("/");
          Files.writeString(root.resolve(Checksums.NAME), write(recording, judging, root).text());
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

  /// Reads the recording in what [#save] wrote.
  public static FleetRecording load(Path from) {
    return open(from).recording();
  }

  /// Reads what [#save] wrote. A packed one is refused where an entry is not what was saved.
  public static SavedAudit open(Path from) {
    try {
      if (Files.isDirectory(from)) {
        return new Reader(from, Optional.empty(), LARGEST_RECORDING).read();
      }
      long most = Math.min(LARGEST_RECORDING, Math.max(SMALL, MOST_GROWTH * Files.size(from)));
      try (FileSystem zip = FileSystems.newFileSystem(from)) {
        return packed(zip.getPath("/"), most);
      }
    } catch (RecordingException wrong) {
      throw new RecordingException("%s: %s".formatted(from, wrong.getMessage()), wrong);
    } catch (IOException | UncheckedIOException | ProviderNotFoundException unreadable) {
      throw new RecordingException(
          "%s can't be read as saved evidence: %s".formatted(from, reason(unreadable)), unreadable);
    }
  }

  private static Checksums write(FleetRecording recording, Judging judging, Path root)
      throws IOException {
    Checksums sums = new Checksums();
    write(root, MANIFEST, Manifests.write(recording, judging), sums);
    for (HostRecording host : recording.hosts()) {
      String name = Manifests.folder(host.host().name());
      Path folder = root.resolve(name);
      clear(folder);
      if (!host.answers().isEmpty()) {
        Files.createDirectories(folder);
        for (Map.Entry<Question, Answer> one : host.answers().entrySet()) {
          write(
              root,
              name + "/" + one.getKey() + ANSWER,
              AnswerText.write(one.getKey(), one.getValue()),
              sums);
        }
      }
    }
    return sums;
  }

  private static void write(Path root, String entry, String text, Checksums sums)
      throws IOException {
    byte[] content = text.getBytes(StandardCharsets.UTF_8);
    Files.write(root.resolve(entry), content);
    sums.add(entry, content);
  }

  /// Answers of an earlier audit must not pass for this one's.
  private static void clear(Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      for (Path file : files(folder)) {
        if (file.toString().endsWith(ANSWER)) {
          Files.delete(file);
        }
      }
    }
  }

  private static SavedAudit packed(Path root, long most) {
    if (!Files.isRegularFile(root.resolve(Checksums.NAME))) {
      return withoutChecksums(new Reader(root, Optional.empty(), most).read());
    }
    Checksums checksums =
        Checksums.of(new Reader(root, Optional.empty(), most).text(Checksums.NAME, LARGEST_SUMS));
    return new Reader(root, Optional.of(checksums), most).read();
  }

  private static SavedAudit withoutChecksums(SavedAudit audit) {
    if (audit.format() > Manifest.WITHOUT_CHECKSUMS) {
      throw Checksums.missing(Checksums.NAME);
    }
    return audit.remarked("it was saved without checksums, so damage to it would go unnoticed");
  }

  private static List<Path> files(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static String reason(Exception trouble) {
    return switch (trouble) {
      case NoSuchFileException _ -> "there is no such file";
      case AccessDeniedException _ -> "access is denied";
      case ProviderNotFoundException _ -> "it is no zip file";
      case ZipException broken ->
          "it is no zip file, or one that was cut off or damaged (%s); get another copy, or audit again"
              .formatted(broken.getMessage());
      default -> String.valueOf(trouble.getMessage());
    };
  }

  /// Reads one recording, within bounds.
  private static final class Reader {

    private final Path root;
    private final Optional<Checksums> checksums;
    private long left;

    /// @param checksums what the entries have to be
    /// @param most bytes of all entries together
    Reader(Path root, Optional<Checksums> checksums, long most) {
      this.root = root;
      this.checksums = checksums;
      this.left = most;
    }

    SavedAudit read() {
      if (!Files.isRegularFile(root.resolve(MANIFEST))) {
        throw new RecordingException("it holds no " + MANIFEST + ": is it what --save wrote?");
      }
      return Manifests.read(text(MANIFEST), this::answers);
    }

    private Map<Question, Answer> answers(String host) {
      Map<Question, Answer> answers = new HashMap<>();
      Set<String> names = new TreeSet<>(names(host));
      checksums.ifPresent(sums -> names.addAll(sums.within(host)));
      for (String name : names) {
        String entry = host + "/" + name;
        question(name).ifPresent(known -> answers.put(known, AnswerText.read(entry, text(entry))));
      }
      return answers;
    }

    private List<String> names(String host) {
      Path folder = root.resolve(host);
      return Files.isDirectory(folder)
          ? files(folder).stream()
              .filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
              .map(file -> String.valueOf(file.getFileName()))
              .toList()
          : List.of();
    }

    private static Optional<Question> question(String name) {
      return name.endsWith(ANSWER)
          ? AnswerText.question(name.substring(0, name.length() - ANSWER.length()))
          : Optional.empty();
    }

    private String text(String entry) {
      return text(entry, LARGEST_ENTRY);
    }

    String text(String entry, int most) {
      byte[] bytes;
      try (InputStream in = Files.newInputStream(root.resolve(entry))) {
        bytes = in.readNBytes(most + 1);
      } catch (NoSuchFileException missing) {
        throw Checksums.missing(entry);
      } catch (ZipException damaged) {
        throw Checksums.damaged(entry, damaged);
      } catch (IOException unreadable) {
        throw new UncheckedIOException(unreadable);
      }
      left -= bytes.length;
      if (bytes.length > most || left < 0) {
        throw new RecordingException(
            "%s is larger than any answer can be, or all together larger than any audit's"
                .formatted(entry));
      }
      checksums.ifPresent(sums -> sums.verify(entry, bytes));
      return new String(bytes, StandardCharsets.UTF_8);
    }
  }
}
