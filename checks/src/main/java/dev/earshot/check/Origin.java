package dev.earshot.check;

/// Where the admin wrote something.
///
/// @param file from the folder on in which Earshot ran, where it lies below that, else its name
///   alone
public record Origin(String file, int line) {

  /// `earshot.yml:12`
  @Override
  public String toString() {
    return file + ":" + line;
  }
}
