package dev.earshot.ssh;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import javax.security.auth.login.FailedLoginException;
import org.apache.sshd.common.config.keys.FilePasswordProvider;
import org.apache.sshd.common.util.io.resource.PathResource;
import org.apache.sshd.common.util.security.SecurityUtils;

/// The user's private keys, each file read once however many hosts it opens.
final class PrivateKeys {
  private static final int LONGEST_FILE = 1 << 16;

  /// SSHD needs one more library to see for itself that such a key is encrypted.
  private static final String ENCRYPTED_PKCS8 = "-----BEGIN ENCRYPTED PRIVATE KEY-----";

  private static final String ENCRYPTED =
      "is encrypted with a passphrase, which Earshot does not ask for yet: name a key without one";

  private static final List<Path> DEFAULT_FILES =
      Stream.of("id_ed25519", "id_ecdsa", "id_rsa")
          .map(name -> HomePath.HOME.resolve(".ssh").resolve(name))
          .toList();

  private final ConcurrentHashMap<Path, Identity> identities = new ConcurrentHashMap<>();
  private final List<Path> defaultFiles;

  /// Keys where OpenSSH looks for them.
  PrivateKeys() {
    this(DEFAULT_FILES);
  }

  PrivateKeys(List<Path> defaultFiles) {
    this.defaultFiles = List.copyOf(defaultFiles);
  }

  /// A private key file, looked at.
  sealed interface Identity {
    Path file();

    record Usable(Path file, KeyPair keyPair) implements Identity {}

    /// A file that opens no host; the reason follows its name in a sentence.
    record Unusable(Path file, String reason) implements Identity {}
  }

  /// The keys to try, in order, and the files that are no help. Of the default files only those
  /// that exist.
  ///
  /// @throws UnreachableException if the target names a file that cannot be used
  List<Identity> of(SshTarget target) throws UnreachableException {
    List<Path> named = target.credentials().identityFiles();
    if (named.isEmpty()) {
      return defaultFiles.stream().filter(Files::exists).map(this::identity).toList();
    }
    List<Identity> found = named.stream().map(HomePath::expanded).map(this::identity).toList();
    if (found.getFirst() instanceof Identity.Unusable(Path file, String reason)
        && found.stream().noneMatch(Identity.Usable.class::isInstance)) {
      throw new UnreachableException(
          "the private key %s of %s %s".formatted(HomePath.shown(file), target.endpoint(), reason));
    }
    return found;
  }

  private Identity identity(Path file) {
    return identities.computeIfAbsent(file, PrivateKeys::read);
  }

  private static Identity read(Path file) {
    try {
      byte[] content = content(file);
      if (text(content).contains(ENCRYPTED_PKCS8)) {
        return new Identity.Unusable(file, ENCRYPTED);
      }
      Iterable<KeyPair> pairs =
          SecurityUtils.loadKeyPairIdentities(
              null,
              new PathResource(file),
              new ByteArrayInputStream(content),
              FilePasswordProvider.EMPTY);
      Iterator<KeyPair> found = pairs == null ? Collections.emptyIterator() : pairs.iterator();
      return found.hasNext()
          ? new Identity.Usable(file, found.next())
          : new Identity.Unusable(file, notAKey(content));
    } catch (NoSuchFileException e) {
      return new Identity.Unusable(
          file, "does not exist: correct ansible_ssh_private_key_file, or make it with ssh-keygen");
    } catch (AccessDeniedException e) {
      return new Identity.Unusable(file, "may not be read by the user who runs this audit");
    } catch (FailedLoginException e) {
      return new Identity.Unusable(file, ENCRYPTED);
    } catch (IOException | GeneralSecurityException | RuntimeException e) {
      return new Identity.Unusable(file, "cannot be used: " + Text.of(e));
    }
  }

  private static byte[] content(Path file) throws IOException {
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      throw new IOException("it is not a regular file"); // opening a pipe would wait for ever
    }
    try (InputStream in = Files.newInputStream(file)) {
      byte[] content = in.readNBytes(LONGEST_FILE + 1);
      if (content.length > LONGEST_FILE) {
        throw new IOException("it is too long for a private key");
      }
      return content;
    }
  }

  private static String notAKey(byte[] content) {
    String text = text(content);
    return text.startsWith("ssh-") || text.startsWith("ecdsa-")
        ? "is the public half of a key: name the file without .pub"
        : "is not a private key in OpenSSH or PEM format";
  }

  private static String text(byte[] content) {
    return new String(content, StandardCharsets.ISO_8859_1);
  }
}
