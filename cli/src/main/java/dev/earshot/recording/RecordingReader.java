package dev.earshot.recording;

import dev.earshot.evidence.HostRecording.Answer;
import dev.earshot.evidence.HostRecording.Question;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import java.util.zip.ZipException;

/// Reads one recording, within bounds. Entries may be read by several threads.
final class RecordingReader {

  /// An answer of 4 MiB, each byte of which may have become a replacement character of three, and
  /// its head.
  private static final int LARGEST_ENTRY = 16 << 20;

  /// Of as many hosts as a recording may hold, with all their probes.
  private static final int LARGEST_SUMS = 64 << 20;

  private static final int BEGINNING = 4 << 10;

  private final Path root;
  private final Optional<Checksums> checksums;
  private final AtomicLong left;

  private RecordingReader(Path root, Optional<Checksums> checksums, long most) {
    this.root = root;
    this.checksums = checksums;
    this.left = new AtomicLong(most);
  }

  /// Reads a folder, or what is packed.
  ///
  /// @param most bytes of all entries together
  static SavedAudit read(Path root, long most) {
    return new RecordingReader(root, Optional.empty(), most).read();
  }

  /// Reads what is packed, and verifies each entry.
  static SavedAudit verified(Path root, long most) {
    String sums =
        new RecordingReader(root, Optional.empty(), most).text(Checksums.NAME, LARGEST_SUMS);
    return new RecordingReader(root, Optional.of(Checksums.of(sums)), most).read();
  }

  /// Whether a folder holds a recording, as far as its manifest's beginning tells.
  static boolean isThere(Path folder) {
    try (InputStream manifest = Files.newInputStream(folder.resolve(RecordingStore.MANIFEST))) {
      return Manifests.isOne(new String(manifest.readNBytes(BEGINNING), StandardCharsets.UTF_8));
    } catch (IOException _) {
      return false;
    }
  }

  private SavedAudit read() {
    if (!Files.isRegularFile(root.resolve(RecordingStore.MANIFEST))) {
      throw new RecordingException(
          "it holds no %s: is it what --save wrote?".formatted(RecordingStore.MANIFEST));
    }
    return Manifests.read(text(RecordingStore.MANIFEST), this::answers, this::text);
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
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
          .map(file -> String.valueOf(file.getFileName()))
          .toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static Optional<Question> question(String name) {
    return name.endsWith(AnswerText.SUFFIX)
        ? AnswerText.question(name.substring(0, name.length() - AnswerText.SUFFIX.length()))
        : Optional.empty();
  }

  private String text(String entry) {
    return text(entry, LARGEST_ENTRY);
  }

  private String text(String entry, int most) {
    Path file = root.resolve(entry);
    long size;
    byte[] bytes;
    try (InputStream in = Files.newInputStream(file)) {
      size = Files.size(file);
      bytes = in.readNBytes((int) Math.min(size, most) + 1);
    } catch (NoSuchFileException missing) {
      throw Checksums.missing(entry);
    } catch (ZipException damaged) {
      throw Checksums.damaged(entry, damaged);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
    if (bytes.length > Math.min(size, most) || left.addAndGet(-bytes.length) < 0) {
      throw new RecordingException(
          "%s is larger than any answer can be or than it says itself, or all together larger than any audit's"
              .formatted(entry));
    }
    checksums.ifPresent(sums -> sums.verify(entry, bytes));
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
