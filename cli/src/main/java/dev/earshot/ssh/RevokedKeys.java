package dev.earshot.ssh;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.sshd.common.config.keys.OpenSshCertificate;

/// Keys that no host may show, however little its key is checked: `RevokedHostKeys`.
///
/// @param file that revokes them, as it is shown
public record RevokedKeys(String file, Set<HostKey> keys) {

  /// None.
  public static final RevokedKeys NONE = new RevokedKeys("", Set.of());

  private static final String REVOCATION_LIST = "SSHKRL\n\0";

  public RevokedKeys {
    keys = Set.copyOf(keys);
  }

  /// Reads a file with one public key a line.
  ///
  /// @throws IOException if it can't be used as a whole, as with OpenSSH; the message says why
  public static RevokedKeys read(Path file) throws IOException {
    String shown = HomePath.shown(file);
    String text;
    try {
      text = Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new IOException("%s can't be read (%s)".formatted(shown, Text.of(e)), e);
    }
    if (text.startsWith(REVOCATION_LIST)) {
      throw new IOException(
          shown + " is a binary revocation list, of which Earshot can't tell what it revokes");
    }
    var keys = new HashSet<HostKey>();
    List<String> lines = text.lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (!line.isEmpty() && !line.startsWith("#")) {
        keys.add(key(line, shown + ":" + (i + 1)));
      }
    }
    return new RevokedKeys(shown, keys);
  }

  private static HostKey key(String line, String where) throws IOException {
    String[] words = line.split("\\s+", 3);
    try {
      if (words.length > 1) {
        return HostKey.parse(words[0], words[1]);
      }
    } catch (IllegalArgumentException _) {
      // told below
    }
    throw new IOException(where + " holds no public key");
  }

  /// Why this key is refused, if it is: itself, or as a certificate its authority.
  Optional<String> refusal(PublicKey offered, SshTarget target) {
    return (offered instanceof OpenSshCertificate certificate
            ? Stream.of(certificate.getCaPubKey(), certificate.getCertPubKey())
            : Stream.of(offered))
        .map(HostKey::of)
        .filter(keys::contains)
        .findFirst()
        .map(key ->
            "%s shows a key that %s (RevokedHostKeys) revokes: %s. Give the host a new key (ssh-keygen -A) before it is trusted again"
                .formatted(target.endpoint(), file, key));
  }
}
