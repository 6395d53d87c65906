package dev.earshot.collect;

import dev.earshot.evidence.HostRecording;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Takes secrets out of what hosts print, before anything keeps or shows it.
///
/// The probes do not ask for secrets in the first place; this is for those that turn up all the
/// same, in an error message or a program's name. Most of what hosts print is numbers, many
/// megabytes of them in a large fleet, so each pattern is only tried where a word of it stands.
public final class Redactor {

  private static final String WITHHELD = "(withheld)";

  private static final String MASK = "$1" + WITHHELD;

  /// One of them begins everything that [#ASSIGNED] finds.
  private static final List<String> WORDS =
      List.of("pass", "pw", "secret", "token", "api", "access", "auth", "bearer", "rediscli");

  private static final String NAME =
      "(?:password|passwd|passphrase|(?<![A-Za-z])(?:pwd|pass|pw)|(?:secret|api|access)[_-]?key(?:_base)?|secret|token|rediscli_auth)";

  private static final String VALUE =
      "(?:%s|%s|(?!\\s)[^\\s,;]+)".formatted(quoted('"'), quoted('\''));

  /// After a name, an option of that name, or the scheme of an HTTP authorization.
  private static final Pattern ASSIGNED =
      Pattern.compile(
          "(?i)((?:NAME[\"']?\\s*[=:]\\s*|(?<=--[a-z-]{0,40})NAME +(?!-)|authorization[\"']?\\s*[=:]\\s*(?:[a-z]{1,20} +)?|(?<![a-z])bearer +))VALUE"
              .replace("NAME", NAME)
              .replace("VALUE", VALUE));

  /// What stands between a colon that no port follows, and the last `@` of the word.
  private static final Pattern IN_URL =
      Pattern.compile("(://[^/\\s:@]{0,100}:)(?!\\d{1,5}[/?#])[^\\s\"'<>]{1,200}(?=@)");

  /// A command's argument, or a word of a configuration: an operator of the shell is none.
  private static final String ARGUMENT =
      "(?:%s|%s|(?![&|;])(?:[^\\s\"'&|;]|[&|;](?![\\s&|;]|\\z)|[\"'](?=\\w))++)"
          .formatted(quoted('"'), quoted('\''));

  /// What is set by a word before it: a line of Redis's configuration, a command that sets or tries
  /// passwords, where users may stand before it, an option of Redis's client.
  private static final Pattern SET =
      Pattern.compile(
          "(?i)(?:((?:requirepass|masterauth)[\"']?(?:[ \\t]*[=:,][ \\t]*|[ \\t]+|\\R)|(?<![a-z])auth-pass[ \\t]+\\S+[ \\t]+|(?<![\\w-])(?:redis|valkey|keydb)-cli[^\\n|;&]{0,300}?(?<=[\\s\"'])(?:-a|--pass)FIRST)ARGUMENT|((?:(?<![a-z])(?:set|change|check)[_-]passw(?:or)?d(?:[_-]hash)?|(?<![\\w-])(?:ejabberdctl|mongooseimctl|prosodyctl)[^\\n|;&]{0,200}?(?<=[\\s\"'])register)FIRST)ARGUMENT(?:NEXTARGUMENT){0,2})"
              .replace("FIRST", "(?:[ \\t]+|[\"'],[ \\t]*(?=[\"']))")
              .replace("NEXT", "(?:[ \\t]+|(?<=[\"']),[ \\t]*(?=[\"']))")
              .replace("ARGUMENT", ARGUMENT));

  private static final List<String> SETTERS =
      List.of(
          "requirepass",
          "masterauth",
          "auth-pass",
          "_passw",
          "-passw",
          "redis-cli",
          "valkey-cli",
          "keydb-cli",
          "ctl");

  /// A password in a rule of Redis's access control: `user anna on >hunter2`.
  private static final Pattern RULE =
      Pattern.compile(
          "(?i)((?:(?<![\\w-])(?:setuserBLANK\\S{1,200}+|userBLANK\\S{1,200}+(?=[^\\n]{0,500}[ \\t](?:on|off)(?![\\w-])))|\\G(?!\\A))(?:BLANK[^\\s\"',<>]\\S{0,200}+){0,50}?BLANK[<>])ARGUMENT"
              .replace("BLANK", "[ \\t\"',]{1,8}+")
              .replace("\\S", "[^\\s\"',]")
              .replace("ARGUMENT", ARGUMENT));

  /// What is known by what stands before it.
  ///
  /// @param word in small letters, without which it is nowhere
  /// @param pattern what stands before it as its first group
  private record Shape(String word, Pattern pattern) {

    static Shape of(String word, String before, String secret) {
      return new Shape(word, Pattern.compile("(?i)(" + before + ")" + secret));
    }

    String withhold(String text) {
      return pattern.matcher(text).replaceAll(MASK);
    }
  }

  /// Of SQL: a quote in it stands twice.
  private static final String LITERAL = "'(?:[^'\\n]|'')*+'";

  /// SQL's statements about users; HAProxy's lists of users; elements of XML; clients that take a
  /// password as an argument; lines of `.pgpass`; what services give their tokens as a beginning.
  private static final List<Shape> SHAPES =
      List.of(
          Shape.of("password", "(?<![a-z])password[ \\t]+", LITERAL),
          Shape.of("identified", "identified[ \\t]+by[ \\t]+(?:password[ \\t]+)?", LITERAL),
          Shape.of("insecure-password", "insecure-password[ \\t]+", ARGUMENT),
          Shape.of("stats auth", "stats auth[ \\t]+[^\\s:]{1,100}:", "[^\\s\"']{1,200}"),
          Shape.of(
              "</pass", "<pass(?:word|wd|phrase)(?:[ \\t][^<>\\n]{0,100})?>", "[^<\\n]{1,200}"),
          Shape.of("sshpass", "(?<![\\w-])sshpass[ \\t]+-p[ \\t]*", ARGUMENT),
          Shape.of(
              "curl",
              "(?<![\\w-])curl[^\\n|;&]{0,300}?[ \\t](?:-u|--user)[ \\t=]*[\"']?[^\\s:\"'-][^\\s:\"']{0,100}:",
              "[^\\s\"']{1,200}"),
          Shape.of(
              ":5432:", "(?m:^)[^\\s:]{1,100}:5432:[^\\s:]{1,100}:[^\\s:]{1,100}:", "\\S{1,200}"),
          Shape.of("gh", "(?<![a-z0-9])(?:gh[opsu]_|github_pat_)", "\\w{16,255}"),
          Shape.of("glpat-", "(?<![a-z0-9])glpat-", "[\\w-]{16,255}"),
          Shape.of("akia", "(?<![a-z0-9])akia", "[A-Z0-9]{16}(?![a-z0-9])"));

  private static final Pattern PRIVATE_KEY =
      Pattern.compile("(-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----)[\\s\\S]*?(?:-----END|\\z)");

  private Redactor() {}

  /// Up to the closing quote; a backslash before one keeps it from being that.
  private static String quoted(char quote) {
    return "Q[^Q\\\\\n]*+(?:\\\\.[^Q\\\\\n]*+){0,100}+Q".replace('Q', quote);
  }

  /// What is told of a host, without secrets: programs on the way to it print them, too.
  static HostRecording redact(HostRecording recording) {
    return new HostRecording(
        recording.host(),
        recording.unreachable().map(Redactor::redact),
        recording.interrupted().map(Redactor::redact),
        recording.begun(),
        recording.answers());
  }

  /// The text without secrets.
  public static String redact(String output) {
    String text = output;
    String lower = output.toLowerCase(Locale.ROOT);
    if (text.contains("PRIVATE KEY-----")) {
      text = PRIVATE_KEY.matcher(text).replaceAll(MASK);
    }
    if (text.contains("://")) {
      text = IN_URL.matcher(text).replaceAll(MASK);
    }
    if (text.contains("mysql") || text.contains("mariadb")) {
      text = ClientPasswords.withhold(text, WITHHELD);
    }
    if (SETTERS.stream().anyMatch(lower::contains)) {
      text = SET.matcher(text).replaceAll("$1$2" + WITHHELD);
    }
    if (lower.contains("user") && (text.indexOf('>') >= 0 || text.indexOf('<') >= 0)) {
      text = RULE.matcher(text).replaceAll(MASK);
    }
    for (Shape shape : SHAPES) {
      if (lower.contains(shape.word())) {
        text = shape.withhold(text);
      }
    }
    return withoutAssigned(text);
  }

  private static String withoutAssigned(String text) {
    Matcher assigned = ASSIGNED.matcher(text).useTransparentBounds(true);
    StringBuilder redacted = new StringBuilder();
    int kept = 0;
    for (int at = 0; at < text.length(); at++) {
      if (hasWord(text, at) && assigned.region(at, text.length()).lookingAt()) {
        redacted.append(text, kept, assigned.end(1)).append(WITHHELD);
        kept = assigned.end();
        at = kept - 1;
      }
    }
    return kept == 0 ? text : redacted.append(text, kept, text.length()).toString();
  }

  private static boolean hasWord(String text, int at) {
    return switch (text.charAt(at)) {
      case 'p', 'P', 's', 'S', 't', 'T', 'a', 'A', 'b', 'B', 'r', 'R' -> {
        for (String word : WORDS) {
          if (text.regionMatches(true, at, word, 0, word.length())) {
            yield true;
          }
        }
        yield false;
      }
      default -> false;
    };
  }
}
