package dev.earshot.evidence;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// What a container was made from.
///
/// @param reference as whoever started it wrote it
/// @param digest of the registry's manifest, where the engine knows one: the same digest is the
///   same image, whatever its tag says
/// @param built when the image was made
public record ContainerImage(String reference, Optional<String> digest, Optional<Instant> built) {

  /// What a tag promises about what it will be tomorrow.
  public enum Promise {
    /// A version that was released: `0.19.3`, `v2.1`, `16-alpine`.
    RELEASE,
    /// A version that was not: `1.0.0-beta.2`.
    PRERELEASE,
    /// Whatever was built last from unreleased source: `dev`, `nightly`, `main`.
    DEVELOPMENT,
    /// Whatever is newest: no tag, `latest`, `stable`, `alpine`.
    FLOATING,
    /// A scheme of somebody's own: a branch, a commit.
    CUSTOM,
    /// No tag but a digest: always the same, of an unknown version.
    DIGEST
  }

  private static final Pattern VERSION = Pattern.compile("v?\\d{1,9}(\\.\\d{1,9}){0,4}([-_.+].*)?");

  private static final Pattern UNFINISHED =
      Pattern.compile(".*[-_.+](alpha|beta|rc|pre|preview|m)[-_.]?\\d*([-_.+].*)?");

  private static final Pattern UNRELEASED =
      Pattern.compile(
          "(.*[-_.+])?(dev|devel|develop|development|nightly|edge|main|master|trunk|unstable|canary|snapshot|test|testing|debug)([-_.+].*)?");

  private static final Pattern DIGITS = Pattern.compile(".*\\d.*");

  /// The part after the name's last colon; empty where none is written.
  public Optional<String> tag() {
    String name = withoutDigest();
    int colon = name.indexOf(':', name.lastIndexOf('/') + 1);
    return colon < 0 || isDigest() ? Optional.empty() : Optional.of(name.substring(colon + 1));
  }

  /// The last part of the name: `lemmy` of `docker.io/dessalines/lemmy:0.19.3`.
  public String shortName() {
    String name = withoutDigest();
    String last = name.substring(name.lastIndexOf('/') + 1);
    int colon = last.indexOf(':');
    return colon < 0 ? last : last.substring(0, colon);
  }

  /// Whether the reference itself holds a digest, and so never moves.
  public boolean isPinned() {
    return reference.contains("@sha256:") || isDigest();
  }

  /// Whether the engine knows the image, and no registry's digest of it.
  public boolean isOfNoRegistry() {
    return digest.isEmpty() && built.isPresent();
  }

  public Promise promise() {
    if (tag().isEmpty()) {
      return isPinned() ? Promise.DIGEST : Promise.FLOATING;
    }
    String tag = tag().get().toLowerCase(Locale.ROOT);
    if (UNRELEASED.matcher(tag).matches()) {
      return Promise.DEVELOPMENT;
    }
    if (VERSION.matcher(tag).matches()) {
      return UNFINISHED.matcher(tag).matches() ? Promise.PRERELEASE : Promise.RELEASE;
    }
    return DIGITS.matcher(tag).matches() ? Promise.CUSTOM : Promise.FLOATING;
  }

  /// An image's own id in place of a name.
  private boolean isDigest() {
    return reference.startsWith("sha256:") || reference.matches("[0-9a-f]{12,64}");
  }

  private String withoutDigest() {
    int at = reference.indexOf('@');
    return at < 0 ? reference : reference.substring(0, at);
  }
}
