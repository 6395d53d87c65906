package dev.earshot.redaction;

import dev.earshot.evidence.HostRecording;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Takes secrets out of what hosts print, before anything keeps or shows it.
///
/// The probes do not ask for secrets in the first place; this is for those that turn up all the
/// same, in an error message or a program's name. Most of what hosts print is numbers, so each
/// pattern is only tried where a word of it stands.
public final class Redactor {

  private static final String WITHHELD = "(withheld)";

  /// One of them begins everything that [#ASSIGNED] finds.
  private static final List<String> WORDS =
      List.of("pass", "pw", "secret", "token", "api", "access", "auth", "bearer", "rediscli");

  private static final String NAME =
      "(?:password|passwd|passphrase|(?<![A-Za-z])(?:pwd|pass|pw)|(?:secret|api|access)[_-]?key(?:_base)?|secret|token|rediscli_auth)";

  private static final String VALUE =
      "(?:%s|%s|(?!\\s)[^\\s,;]+)".formatted(SecretForm.quoted('"'), SecretForm.quoted('\''));

  /// After a name, an option of that name, or the scheme of an HTTP authorization.
  private static final Pattern ASSIGNED =
      Pattern.compile(
          "(?i)((?:NAME[\"']?\\s*[=:]\\s*|(?<=--[a-z-]{0,40})NAME +(?!-)|authorization[\"']?\\s*[=:]\\s*(?:[a-z]{1,20} +)?|(?<![a-z])bearer +))VALUE"
              .replace("NAME", NAME)
              .replace("VALUE", VALUE));

  private static final List<String> CLIENTS = List.of("mysql", "mariadb");

  private static final WordSearch SEARCH =
      new WordSearch(
          Stream.concat(
              Stream.of(WORDS, CLIENTS).flatMap(List::stream),
              SecretForm.ALL.stream().flatMap(form -> form.words().stream())));

  private Redactor() {}

  /// What is told of a host, without secrets: programs on the way to it print them, too.
  public static HostRecording redact(HostRecording recording) {
    return new HostRecording(
        recording.host(),
        recording.unreachable().map(Redactor::redact),
        recording.leftTo(),
        recording.interrupted().map(Redactor::redact),
        recording.begun(),
        recording.answers());
  }

  /// The text without secrets.
  public static String redact(String output) {
    String text = output;
    Set<String> found = SEARCH.in(output);
    if (!Collections.disjoint(found, CLIENTS)) {
      text = ClientPasswords.withhold(text, WITHHELD);
    }
    for (SecretForm form : SecretForm.ALL) {
      if (form.mayBeAmong(found)) {
        text = form.withhold(text, WITHHELD);
      }
    }
    return Collections.disjoint(found, WORDS) ? text : withoutAssigned(text);
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
