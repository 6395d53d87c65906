package dev.earshot.redaction;

import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A form of secrets that is known by what stands before them.
///
/// @param words in small letters; where none of them stands, there is no such secret
/// @param pattern what stands before one as its first group
record SecretForm(List<String> words, Pattern pattern) {

  /// A command's argument, or a word of a configuration: an operator of the shell is none.
  private static final String ARGUMENT =
      "(?:%s|%s|(?![&|;])(?:[^\\s\"'&|;]|[&|;](?![\\s&|;]|\\z)|[\"'](?=\\w))++)"
          .formatted(quoted('"'), quoted('\''));

  /// Between a command's word and its first argument: blanks, or as lists of arguments have it.
  private static final String FIRST = "(?:[ \\t]++|[\"'],[ \\t]*(?=[\"']))";

  /// An argument and up to two more: of a command that takes users before the password.
  private static final String ARGUMENTS =
      "ARGUMENT(?:(?:[ \\t]+|(?<=[\"']),[ \\t]*(?=[\"']))ARGUMENT){0,2}"
          .replace("ARGUMENT", ARGUMENT);

  /// A password in a rule of Redis's access control: `user anna on >hunter2`, and further ones.
  private static final String RULE =
      "(?:(?<![\\w-])(?:setuserBLANK\\S{1,200}+|userBLANK\\S{1,200}+(?=[^\\n]{0,500}[ \\t](?:on|off)(?![\\w-])))|\\G(?!\\A))(?:BLANK[^\\s\"',<>]\\S{0,200}+){0,50}?BLANK[<>]"
          .replace("BLANK", "[ \\t\"',]{1,8}+")
          .replace("\\S", "[^\\s\"',]");

  /// Of SQL: a quote in it stands twice.
  private static final String LITERAL = "'(?:[^'\\n]|'')*+'";

  /// What the text around a secret may put behind it.
  private static final Pattern PUNCTUATION = Pattern.compile("[\\])}>,;:.\"']*");

  static final List<SecretForm> ALL =
      List.of(
          of(
              "private key-----",
              "-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----",
              "[\\s\\S]*?(?:-----END|\\z)"),
          // Between a colon that no port follows, and the last `@` of the word.
          of("://", "://[^/\\s:@]{0,100}:(?!\\d{1,5}[/?#])", "[^\\s\"'<>]{1,200}(?=@)"),
          of(
              List.of("requirepass", "masterauth"),
              "(?:requirepass|masterauth)[\"']?(?:[ \\t]*[=:,][ \\t]*|[ \\t]+|\\R)",
              ARGUMENT),
          of("auth-pass", "(?<![a-z])auth-pass[ \\t]++\\S++[ \\t]++", ARGUMENT),
          of(
              List.of("redis-cli", "valkey-cli", "keydb-cli"),
              "(?<![\\w-])(?:redis|valkey|keydb)-cli[^\\n|;&]{0,300}?(?<=[\\s\"'])(?:-a|--pass)"
                  + FIRST,
              ARGUMENT),
          of(
              List.of("_passw", "-passw"),
              "(?<![a-z])(?:set|change|check)[_-]passw(?:or)?d(?:[_-]hash)?" + FIRST,
              ARGUMENTS),
          of(
              List.of("ejabberdctl", "mongooseimctl", "prosodyctl"),
              "(?<![\\w-])(?:ejabberdctl|mongooseimctl|prosodyctl)[^\\n|;&]{0,200}?(?<=[\\s\"'])register"
                  + FIRST,
              ARGUMENTS),
          of(List.of("user ", "user\t", "user\"", "user'", "user,"), RULE, ARGUMENT),
          of("password", "(?<![a-z])password[ \\t]++", LITERAL),
          of("identified", "identified[ \\t]++by[ \\t]++(?:password[ \\t]++)?", LITERAL),
          // HAProxy's lists of users.
          of("insecure-password", "insecure-password[ \\t]++", ARGUMENT),
          of("stats auth", "stats auth[ \\t]++[^\\s:]{1,100}:", "[^\\s\"']{1,200}"),
          of("</pass", "<pass(?:word|wd|phrase)(?:[ \\t][^<>\\n]{0,100})?>", "[^<\\n]{1,200}"),
          of("sshpass", "(?<![\\w-])sshpass[ \\t]++-p[ \\t]*+", ARGUMENT),
          of(
              "curl",
              "(?<![\\w-])curl[^\\n|;&]{0,300}?[ \\t](?:-u|--user)[ \\t=]{0,8}+[\"']?[^\\s:=\"'-][^\\s:\"']{0,100}+:",
              "[^\\s\"']{1,200}"),
          // Lines of `.pgpass`, and of files like it; what is an address as a whole is none.
          of(
              List.of(":5432:", ":5433:", ":6432:", ":*:"),
              "(?m:^)(?!(?:[0-9a-f]{1,4}:){7}[0-9a-f]{1,4}(?![\\w:])|[0-9a-f:]{2,39}::)[^\\s:]{1,100}:(?:\\d{1,5}|\\*):[^\\s:]{1,100}:[^\\s:]{1,100}:",
              "\\S{1,200}"),
          // What services give their tokens as a beginning.
          of(
              List.of("gho_", "ghp_", "ghs_", "ghu_", "github_pat_"),
              "(?<![a-z0-9])(?:gh[opsu]_|github_pat_)",
              "\\w{16,255}"),
          of("glpat-", "(?<![a-z0-9])glpat-", "[\\w-]{16,255}"),
          of("akia", "(?<![a-z0-9])akia", "[A-Z0-9]{16}(?![a-z0-9])"));

  private static SecretForm of(String word, String before, String secret) {
    return of(List.of(word), before, secret);
  }

  private static SecretForm of(List<String> words, String before, String secret) {
    return new SecretForm(words, Pattern.compile("(?i)(" + before + ")" + secret));
  }

  /// Text in quotes up to the closing one; a backslash before one keeps it from being that.
  static String quoted(char quote) {
    return "Q[^Q\\\\\n]*+(?:\\\\.[^Q\\\\\n]*+){0,100}+Q".replace('Q', quote);
  }

  /// @param found those of the words that stand in a text
  boolean mayBeAmong(Set<String> found) {
    return !Collections.disjoint(words, found);
  }

  /// What stands already masked stays as it is: the same text is read again when it was kept.
  ///
  /// @param mask stands in a secret's place
  String withhold(String text, String mask) {
    return pattern
        .matcher(text)
        .replaceAll(found -> Matcher.quoteReplacement(masked(found.group(1), found.group(), mask)));
  }

  private static String masked(String before, String whole, String mask) {
    return whole.startsWith(mask, before.length())
            && PUNCTUATION.matcher(whole.substring(before.length() + mask.length())).matches()
        ? whole
        : before + mask;
  }
}
