package dev.earshot.recording;

/// An `earshot.yml` as it was when the evidence was judged, without what looks like a secret.
///
/// @param file as reports call it: from the folder on in which Earshot ran, where it lies below
///   that, else its name alone
/// @param checked whether the checks of its own were asked of the hosts: they are not for a plan
public record PolicyText(String file, String yaml, boolean checked) {

  /// The same by its name alone, wherever it lies.
  public PolicyText withoutFolders() {
    return new PolicyText(file.substring(file.lastIndexOf('/') + 1), yaml, checked);
  }
}
