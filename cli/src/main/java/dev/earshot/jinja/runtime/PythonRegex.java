package dev.earshot.jinja.runtime;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// A regular expression of Python's `re`, on a text, within a budget.
public final class PythonRegex {

  private static final int MAX_LENGTH = 5_000;

  private final Pattern pattern;
  private final Map<String, Integer> names;

  private PythonRegex(Pattern pattern, Map<String, Integer> names) {
    this.pattern = pattern;
    this.names = names;
  }

  public static PythonRegex compile(String regex, boolean ignoreCase, boolean multiline) {
    if (regex.length() > MAX_LENGTH) {
      throw new Failure("a regular expression is too long");
    }
    int flags =
        Pattern.UNIX_LINES
            | (ignoreCase ? Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE : 0)
            | (multiline ? Pattern.MULTILINE : 0);
    var translated = new RegexTranslator(regex).translate();
    try {
      return new PythonRegex(Pattern.compile(translated.pattern(), flags), translated.names());
    } catch (PatternSyntaxException _) {
      throw new Failure("a regular expression is malformed, or not supported");
    }
  }

  private Matcher on(String text, Budget budget) {
    return pattern.matcher(new BudgetedText(text, budget));
  }

  /// True if the text begins so.
  public boolean matches(String text, Budget budget) {
    return on(text, budget).lookingAt();
  }

  /// True if it occurs anywhere.
  public boolean occurs(String text, Budget budget) {
    return on(text, budget).find();
  }

  /// The first match, with its groups.
  public Optional<Matcher> search(String text, Budget budget) {
    var matcher = on(text, budget);
    return matcher.find() ? Optional.of(matcher) : Optional.empty();
  }

  /// A group of a match, or None where it took no part.
  public Obj group(Matcher match, int group) {
    if (group > match.groupCount()) {
      throw new Failure("the regular expression has no group " + group);
    }
    var text = match.group(group);
    return text == null ? Obj.None.NONE : new Obj.Str(text);
  }

  public int groupNamed(String name) {
    var number = names.get(name);
    if (number == null) {
      throw new Failure("the regular expression has no group " + name);
    }
    return number;
  }

  /// What `re.findall` returns.
  public List<Obj> findAll(String text, Budget budget) {
    var matcher = on(text, budget);
    var found = new ArrayList<Obj>();
    while (matcher.find()) {
      budget.step();
      if (matcher.groupCount() <= 1) {
        found.add(textOf(matcher, matcher.groupCount()));
      } else {
        var groups = new ArrayList<Obj>();
        for (int i = 1; i <= matcher.groupCount(); i++) {
          groups.add(textOf(matcher, i));
        }
        found.add(new Obj.Tuple(groups));
      }
    }
    return found;
  }

  private static Obj textOf(Matcher matcher, int group) {
    var text = matcher.group(group);
    return new Obj.Str(text == null ? "" : text);
  }

  /// What `re.sub` returns.
  public String replaceAll(String text, String replacement, Budget budget) {
    var parts = RegexReplacement.parse(replacement, this, pattern.matcher("").groupCount());
    var matcher = on(text, budget);
    var out = new StringBuilder();
    int at = 0;
    while (matcher.find()) {
      var fresh = parts.with(matcher);
      budget.characters(matcher.start() - at + (long) fresh.length());
      out.append(text, at, matcher.start()).append(fresh);
      at = matcher.end();
    }
    return out.append(text, at, text.length()).toString();
  }

  /// A pattern in Java's syntax.
  ///
  /// @param names the numbers of the groups that have names
  record Translated(String pattern, Map<String, Integer> names) {
    Translated {
      names = new LinkedHashMap<>(names);
    }
  }

  /// Every look at a character costs a step, so that backtracking comes to an end.
  private record BudgetedText(String text, Budget budget) implements CharSequence {
    @Override
    public char charAt(int index) {
      budget.step();
      return text.charAt(index);
    }

    @Override
    public int length() {
      return text.length();
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return text.subSequence(start, end);
    }

    @Override
    public String toString() {
      return text;
    }
  }
}
