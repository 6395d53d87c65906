package dev.earshot.check.lemmy;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A version as Lemmy's backend says it.
///
/// @param exact whether it is a release, rather than a build before or between releases
record Release(int major, int minor, int patch, boolean exact) {

  private static final Pattern FORM =
      Pattern.compile("v?(\\d{1,4})\\.(\\d{1,4})\\.(\\d{1,4})(?<rest>.*)");

  static Optional<Release> of(String version) {
    Matcher form = FORM.matcher(version.strip());
    return form.matches()
        ? Optional.of(
            new Release(
                Integer.parseInt(form.group(1)),
                Integer.parseInt(form.group(2)),
                Integer.parseInt(form.group(3)),
                form.group("rest").isEmpty()))
        : Optional.empty();
  }

  boolean isSameAs(Release other) {
    return major == other.major && minor == other.minor && patch == other.patch;
  }

  /// Lemmy 1.0 renamed the columns that hold times.
  boolean hasRenamedColumns() {
    return major >= 1;
  }
}
