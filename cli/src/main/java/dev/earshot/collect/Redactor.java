package dev.earshot.collect;

import java.util.regex.Pattern;

/// Takes secrets out of what hosts print, before anything keeps or shows it.
///
/// The probes do not ask for secrets in the first place; this is for those that turn up all the
/// same, in an error message or a program's name.
final class Redactor {

  private static final String MASK = "$1(withheld)";

  private static final Pattern ASSIGNED =
      Pattern.compile(
          "(?i)((?:password|passwd|passphrase|\\bpwd|\\bpass|secret|token|api[_-]?key|access[_-]?key)[\"']?\\s*[=:]\\s*)(?:\"[^\"\n]*\"|'[^'\n]*'|(?!\\s)[^\\s,;]+)");

  private static final Pattern IN_URL =
      Pattern.compile("(://[^/\\s:@]{0,100}:)[^/\\s@]{1,200}(?=@)");

  private static final Pattern PRIVATE_KEY =
      Pattern.compile("(-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----)[\\s\\S]*?(?:-----END|\\z)");

  private Redactor() {}

  static String redact(String output) {
    String withoutKeys = PRIVATE_KEY.matcher(output).replaceAll(MASK);
    String withoutUrls = IN_URL.matcher(withoutKeys).replaceAll(MASK);
    return ASSIGNED.matcher(withoutUrls).replaceAll(MASK);
  }
}
