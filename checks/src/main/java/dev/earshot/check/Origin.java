package dev.earshot.check;

/// Where the admin wrote something.
///
/// @param file its name, without the folders that lead to it
public record Origin(String file, int line) {

  /// `earshot.yml:12`
  @Override
  public String toString() {
    return file + ":" + line;
  }
}
