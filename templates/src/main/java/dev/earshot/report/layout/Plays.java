package dev.earshot.report.layout;

import java.util.Collection;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A remedy's playbook, whose hosts can be told from the rest.
///
/// @param text at the margin, of one or more plays
public record Plays(String text) {

  /// How the plays of remedies begin; what stands behind is quoted, so that no name has such a
  /// line.
  private static final Pattern HOSTS = Pattern.compile("(?m)^ {2}hosts: (.*)$");

  /// All its hosts, each as a YAML scalar.
  public List<String> hosts() {
    return HOSTS
        .matcher(text)
        .results()
        .map((MatchResult found) -> found.group(1).replaceAll("^\\[|\\]$", ""))
        .distinct()
        .toList();
  }

  /// The same for playbooks that differ in their hosts alone.
  public String withoutHosts() {
    return HOSTS.matcher(text).replaceAll("  hosts:");
  }

  /// The same for other hosts.
  ///
  /// @param hosts YAML scalars
  public Plays with(Collection<String> hosts) {
    String line = hosts.size() == 1 ? hosts.iterator().next() : hosts.stream().toList().toString();
    return new Plays(HOSTS.matcher(text).replaceAll(Matcher.quoteReplacement("  hosts: " + line)));
  }

  /// The same with a line more below those of hosts.
  public Plays below(String line) {
    return new Plays(
        HOSTS
            .matcher(text)
            .replaceAll(
                found -> Matcher.quoteReplacement("%s\n  %s".formatted(found.group(), line))));
  }
}
