package dev.earshot.recording;

import dev.earshot.evidence.HostRecording.Answer;
import dev.earshot.evidence.HostRecording.Question;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.ZipException;

/// Reads one recording, within bounds. Entries may be read by several threads.
final class RecordingReader {

  /// An answer of 4 MiB, each byte of which may have become a replacement character of three, and
  /// its head.
  private static final int LARGEST_ENTRY = 16 << 20;

  /// Of as many hosts as a recording may hold, with all their probes.
  private static final int LARGEST_SUMS = 64 << 20;

  private static final int BEGINNING = 4 << 10;

  private final EntrySource source;
  private final Optional<Checksums> checksums;
  private final AtomicLong left;

  private RecordingReader(EntrySource source, Optional<Checksums> checksums, long most) {
    this.source = source;
    this.checksums = checksums;
    this.left = new AtomicLong(most);
  }

  /// Reads as it is.
  ///
  /// @param most bytes of all entries together
  static SavedAudit read(EntrySource source, long most) {
    return new RecordingReader(source, Optional.empty(), most).read();
  }

  /// Reads, and verifies each entry.
  static SavedAudit verified(EntrySource source, long most) {
    String sums =
        new RecordingReader(source, Optional.empty(), most).text(Checksums.NAME, LARGEST_SUMS);
    return new RecordingReader(source, Optional.of(Checksums.of(sums)), most).read();
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
    if (!source.has(RecordingStore.MANIFEST)) {
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
    try {
      return source.within(host);
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
    byte[] bytes;
    try {
      bytes = source.read(entry, most);
    } catch (NoSuchFileException missing) {
      throw Checksums.missing(entry);
    } catch (ZipException damaged) {
      throw Checksums.damaged(entry, damaged);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
    if (left.addAndGet(-bytes.length) < 0) {
      throw new RecordingException("its entries are all together larger than any audit's");
    }
    checksums.ifPresent(sums -> sums.verify(entry, bytes));
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
