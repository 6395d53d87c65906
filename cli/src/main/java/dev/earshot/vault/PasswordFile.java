package dev.earshot.vault;

import dev.earshot.vault.Password.Given;
import dev.earshot.vault.Password.Missing;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;

/// Files that hold a password, in plain text or locked with an earlier one.
final class PasswordFile {

  private static final int MAX_BYTES = 64 * 1024;

  private static final Set<PosixFilePermission> EXECUTE =
      Set.of(
          PosixFilePermission.OWNER_EXECUTE,
          PosixFilePermission.GROUP_EXECUTE,
          PosixFilePermission.OTHERS_EXECUTE);

  private PasswordFile() {}

  /// True if anybody may execute the file, which makes a script of it.
  static boolean isProgram(Path file) {
    try {
      return Files.getPosixFilePermissions(file).stream().anyMatch(EXECUTE::contains);
    } catch (IOException | UnsupportedOperationException _) {
      return false;
    }
  }

  /// @param earlier what opens the file if it is locked itself
  static Password read(Path file, Keyring earlier) {
    byte[] content;
    try (var in = Files.newInputStream(file)) {
      content = in.readNBytes(MAX_BYTES + 1);
    } catch (IOException _) {
      return new Missing("the file can't be read", "allow this user to read it");
    }
    if (content.length > MAX_BYTES) {
      return new Missing(
          "the file is larger than %d KiB".formatted(MAX_BYTES >> 10),
          "it must hold the password and nothing else");
    }
    var password = new Bytes(content).stripped();
    var text = new String(password.array(), StandardCharsets.ISO_8859_1);
    if (Vault.isArmoured(text)) {
      var opened = earlier.bytes(text);
      if (opened.isEmpty()) {
        return new Missing(
            "the file is encrypted itself, and no password given before it opens it",
            "give the password that opens it first");
      }
      password = opened.get().withoutLineEnds();
    }
    if (password.isEmpty()) {
      return new Missing("the file is empty", "write the password into it");
    }
    return new Given(password);
  }
}
