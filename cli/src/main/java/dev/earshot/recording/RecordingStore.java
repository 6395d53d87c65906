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
import java.util.stream.Stream;

/// Keeps recordings: `audit.json` and `HOST/PROBE.txt`, in a folder or packed into one zip file.
///
/// A file may come from a stranger, so what is read of it is bounded.
public final class RecordingStore {

  private static final String MANIFEST = "audit.json";
  private static final String ANSWER = ".txt";

  /// An answer of 4 MiB, each byte of which may have become a replacement character of three, and
  /// its head.
  private static final int LARGEST_ENTRY = 16 << 20;

  private static final long LARGEST_RECORDING = 512L << 20;

  private RecordingStore() {}

  /// Writes a zip file, or a folder where `to` is one already. The old content stays until the new
  /// one is complete.
  public static void save(FleetRecording recording, Path to) {
    try {
      if (Files.isDirectory(to)) {
        write(recording, to);
        return;
      }
      Path absolute = to.toAbsolutePath();
      Path folder = Files.createTempDirectory(absolute.getParent(), ".earshot-");
      Path unfinished = folder.resolve("audit.zip");
      try {
        try (FileSystem zip = FileSystems.newFileSystem(unfinished, Map.of("create", "true"))) {
          write(recording, zip.getPath("/"));
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

  /// Reads what [#save] wrote.
  public static FleetRecording load(Path from) {
    try {
      if (Files.isDirectory(from)) {
        return read(from);
      }
      try (FileSystem zip = FileSystems.newFileSystem(from)) {
        return read(zip.getPath("/"));
      }
    } catch (RecordingException wrong) {
      throw new RecordingException("%s: %s".formatted(from, wrong.getMessage()), wrong);
    } catch (IOException | UncheckedIOException | ProviderNotFoundException unreadable) {
      throw new RecordingException(
          "%s can't be read as saved evidence: %s".formatted(from, reason(unreadable)), unreadable);
    }
  }

  private static void write(FleetRecording recording, Path root) throws IOException {
    Files.writeString(root.resolve(MANIFEST), Manifests.write(recording));
    for (HostRecording host : recording.hosts()) {
      Path folder = root.resolve(Manifests.folder(host.host().name()));
      clear(folder);
      if (!host.answers().isEmpty()) {
        Files.createDirectories(folder);
        for (Map.Entry<Question, Answer> one : host.answers().entrySet()) {
          Files.writeString(
              folder.resolve(one.getKey() + ANSWER),
              AnswerText.write(one.getKey(), one.getValue()));
        }
      }
    }
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

  private static FleetRecording read(Path root) throws IOException {
    if (!Files.isRegularFile(root.resolve(MANIFEST))) {
      throw new RecordingException("it holds no " + MANIFEST + ": is it what --save wrote?");
    }
    Budget budget = new Budget();
    return Manifests.read(budget.text(root.resolve(MANIFEST)), name -> answers(root, name, budget));
  }

  private static Map<Question, Answer> answers(Path root, String host, Budget budget) {
    Path folder = root.resolve(host);
    if (!Files.isDirectory(folder)) {
      return Map.of();
    }
    Map<Question, Answer> answers = new HashMap<>();
    for (Path file : files(folder)) {
      String name = String.valueOf(file.getFileName());
      Optional<Question> question =
          name.endsWith(ANSWER) && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
              ? AnswerText.question(name.substring(0, name.length() - ANSWER.length()))
              : Optional.empty();
      question.ifPresent(
          known -> answers.put(known, AnswerText.read(host + "/" + name, budget.text(file))));
    }
    return answers;
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
      default -> String.valueOf(trouble.getMessage());
    };
  }

  /// Bounds what is read of one recording.
  private static final class Budget {

    private long left = LARGEST_RECORDING;

    String text(Path file) {
      try (InputStream in = Files.newInputStream(file)) {
        byte[] bytes = in.readNBytes(LARGEST_ENTRY + 1);
        left -= bytes.length;
        if (bytes.length > LARGEST_ENTRY || left < 0) {
          throw new RecordingException("%s is larger than any answer can be".formatted(file));
        }
        return new String(bytes, StandardCharsets.UTF_8);
      } catch (IOException unreadable) {
        throw new UncheckedIOException(unreadable);
      }
    }
  }
}
