package dev.earshot.cli;

/// Text from strangers, made safe to print: what would steer a terminal becomes a question mark.
final class Printable {

  private Printable() {}

  static String of(String text) {
    return text.replaceAll("[\\p{Cntrl}\\p{Cf}\\u2028\\u2029]", "?");
  }
}
