package dev.earshot.inventory;

import dev.earshot.vault.Vault;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// The text of one input file.
///
/// @param utf8 false if some bytes are not UTF-8; they stand in the text as Python's
///   `surrogateescape` has them: lone surrogates, which are written as `?`
/// @param written false if a program printed the text: its lines are not the file's
/// @param encrypted the file is encrypted, so nothing of the text may be shown
record SourceText(Path file, String text, boolean utf8, boolean written, boolean encrypted) {

  /// Larger files are refused. An inventory of 50 000 hosts has about 5 MiB.
  static final int MAX_BYTES = 16 * 1024 * 1024;

  private static final int LONE_SURROGATES = 0xDC00;

  SourceText(Path file, String text, boolean utf8) {
    this(file, text, utf8, true, false);
  }

  /// What a program printed.
  static SourceText output(Path program, String text) {
    return new SourceText(program, text, true, false, false);
  }

  Location line(int number) {
    return new Location(file, written ? number : 0, encrypted);
  }

  /// What was inside this text, which is encrypted.
  SourceText holding(String plain) {
    return new SourceText(file, plain, true, true, true);
  }

  /// Reads a file whole. Absent if that can't be done or it isn't text, which is reported.
  static Optional<SourceText> read(Path file, Problems problems) {
    var where = Location.of(file);
    if (!Files.exists(file)) {
      problems.error(where, "there is no such file", "check the path given with -i");
    } else if (!Files.isRegularFile(file)) {
      problems.error(where, "this is not a regular file", "write the inventory into a file");
    } else {
      try (var in = Files.newInputStream(file)) {
        return decode(file, in.readNBytes(MAX_BYTES + 1), problems);
      } catch (IOException e) {
        problems.error(where, "the file can't be read: " + reason(e), "allow this user to read it");
      }
    }
    return Optional.empty();
  }

  /// This text without Ansible Vault's armour. Absent if it stays locked, which is reported.
  Optional<SourceText> opened(Vault vault, Problems problems) {
    if (!Vault.isArmoured(text)) {
      return Optional.of(this);
    }
    return switch (vault.open(text)) {
      case Vault.Opening.Opened(var plain) -> Optional.of(holding(plain));
      case Vault.Opening.Locked(var reason) -> {
        problems.error(
            Location.of(file),
            "the file is encrypted with Ansible Vault and stays locked: " + reason,
            "give its password with --vault-password-file or --vault-id");
        yield Optional.empty();
      }
    };
  }

  /// Its text form leaves the text out: it may have been encrypted.
  @Override
  public String toString() {
    return "SourceText[" + file + "]";
  }

  private static Optional<SourceText> decode(Path file, byte[] bytes, Problems problems) {
    var where = Location.of(file);
    if (bytes.length > MAX_BYTES) {
      problems.error(
          where,
          "the file is larger than %d MiB".formatted(MAX_BYTES >> 20),
          "split it into several sources, each with its own -i");
      return Optional.empty();
    }
    for (byte each : bytes) {
      if (each == 0) {
        problems.error(
            where, "this is a binary file, or text in UTF-16", "give a text file in UTF-8");
        return Optional.empty();
      }
    }
    try {
      var text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return Optional.of(new SourceText(file, text, true));
    } catch (CharacterCodingException _) {
      return Optional.of(new SourceText(file, escaped(bytes), false));
    }
  }

  private static String escaped(byte[] bytes) {
    var in = ByteBuffer.wrap(bytes);
    var out = CharBuffer.allocate(bytes.length);
    var decoder = StandardCharsets.UTF_8.newDecoder();
    for (var result = decoder.decode(in, out, true);
        result.isError();
        result = decoder.decode(in, out, true)) {
      for (int i = result.length(); i > 0; i--) {
        out.put((char) (LONE_SURROGATES + (in.get() & 0xFF)));
      }
    }
    return out.flip().toString();
  }

  private static String reason(IOException e) {
    return switch (e) {
      case AccessDeniedException _ -> "permission denied";
      case IOException other -> other.getClass().getSimpleName();
    };
  }
}
