package dev.earshot.ssh;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/// The user's key files, each read once however many hosts it opens.
final class PrivateKeys {
  private static final List<Path> DEFAULT_FILES =
      Stream.of("id_ed25519", "id_ecdsa", "id_rsa")
          .map(name -> HomePath.HOME.resolve(".ssh").resolve(name))
          .toList();

  private static final Set<PosixFilePermission> OF_OTHERS =
      PosixFilePermissions.fromString("---rwxrwx");

  private final ConcurrentHashMap<Path, KeyFile> files = new ConcurrentHashMap<>();
  private final ConcurrentHashMap<Path, Optional<HostKey>> certificates = new ConcurrentHashMap<>();
  private final List<Path> defaultFiles;

  /// Keys where OpenSSH looks for them.
  PrivateKeys() {
    this(DEFAULT_FILES);
  }

  PrivateKeys(List<Path> defaultFiles) {
    this.defaultFiles = List.copyOf(defaultFiles);
  }

  /// The key files to try, in order; of the default ones only those that exist.
  List<KeyFile> of(Credentials credentials) {
    List<Path> named = credentials.identityFiles();
    return named.isEmpty()
        ? defaultFiles.stream().filter(Files::exists).map(this::file).toList()
        : named.stream().map(HomePath::expanded).map(this::file).toList();
  }

  /// The user certificate in this file, if there is one.
  Optional<HostKey> certificate(Path file) {
    return certificates.computeIfAbsent(
        HomePath.expanded(file),
        path -> publicKey(path).filter(key -> key.type().contains("-cert-v")));
  }

  private KeyFile file(Path file) {
    return files.computeIfAbsent(file, PrivateKeys::read);
  }

  private static KeyFile read(Path file) {
    KeyFile found = found(file);
    return switch (found) {
      case KeyFile.Open _, KeyFile.Locked _ ->
          exposed(file)
              .<KeyFile>map(reason -> new KeyFile.Exposed(file, found.half(), reason))
              .orElse(found);
      default -> found;
    };
  }

  private static KeyFile found(Path file) {
    Optional<HostKey> beside = publicKey(Path.of(file + ".pub"));
    try {
      KeyText text = KeyText.read(file);
      if (text.encrypted()) {
        return new KeyFile.Locked(file, text, text.publicHalf().or(() -> beside));
      }
      Optional<HostKey> publicKey = text.publicKey();
      if (publicKey.isPresent()) {
        return new KeyFile.PublicOnly(file, publicKey.get());
      }
      return text.decode("")
          .<KeyFile>map(pair -> new KeyFile.Open(file, pair))
          .orElseGet(() -> new KeyFile.Unusable(file, notAKey(text)));
    } catch (NoSuchFileException e) {
      return beside
          .<KeyFile>map(key -> new KeyFile.PublicOnly(file, key))
          .orElseGet(() ->
              new KeyFile.Unusable(
                  file,
                  "does not exist: correct its name where it is set, or make it with ssh-keygen"));
    } catch (AccessDeniedException e) {
      return new KeyFile.Unusable(file, "may not be read by the user who runs this audit");
    } catch (IOException | GeneralSecurityException | RuntimeException e) {
      return new KeyFile.Unusable(file, "cannot be used: " + Text.of(e));
    }
  }

  /// Like OpenSSH, which leaves the files of others to them.
  private static Optional<String> exposed(Path file) {
    PosixFileAttributes attributes;
    try {
      attributes = Files.readAttributes(file, PosixFileAttributes.class);
    } catch (IOException | UnsupportedOperationException e) {
      return Optional.empty(); // gone, or on a file system without permissions
    }
    Set<PosixFilePermission> permissions = attributes.permissions();
    boolean own = attributes.owner().getName().equals(System.getProperty("user.name"));
    return own && !Collections.disjoint(permissions, OF_OTHERS)
        ? Optional.of(
            "is ignored, as its permissions (%s) let others at it: protect it with chmod 600 %s"
                .formatted(PosixFilePermissions.toString(permissions), HomePath.inCommand(file)))
        : Optional.empty();
  }

  private static Optional<HostKey> publicKey(Path file) {
    try {
      return KeyText.read(file).publicKey();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static String notAKey(KeyText text) {
    return text.looksPublic()
        ? "is the public half of a key: name the file without .pub"
        : "is not a private key in OpenSSH or PEM format";
  }
}
