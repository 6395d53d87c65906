package dev.earshot.sshconfig;

import dev.earshot.sshconfig.Line.Assignment;
import dev.earshot.sshconfig.Line.Faulty;
import dev.earshot.sshconfig.Line.HostLine;
import dev.earshot.sshconfig.Line.IncludeLine;
import dev.earshot.sshconfig.Line.MatchLine;
import dev.earshot.sshconfig.Line.Unknown;
import java.nio.file.Path;
import java.util.List;

/// One reading of the files for one host. The second, where there is one, knows the host's final
/// name.
final class Pass {

  private static final int MAX_DEPTH = 16;
  private static final int MAX_LINES = 1_000_000;

  private final ConfigFiles files;
  private final Matcher matcher;
  private final Values values;
  private final List<Problem> problems;
  private final String host;

  private boolean active = true;
  private boolean stopped;
  private boolean wantsFinal;
  private int lines;

  /// @param host the name that `Host` lines are held against
  Pass(ConfigFiles files, Matcher matcher, Values values, List<Problem> problems, String host) {
    this.files = files;
    this.matcher = matcher;
    this.values = values;
    this.problems = problems;
    this.host = host;
  }

  /// Whether a line asked for a second pass.
  boolean wantsFinal() {
    return wantsFinal;
  }

  /// Reads a file, which need not exist.
  ///
  /// @param checked whether others may not be able to write into it
  void read(Path path, boolean ofUser, boolean checked) {
    active = true;
    read(path, new Context(ofUser, false, 0), checked);
  }

  /// @param never nothing in here counts, whatever matches
  private record Context(boolean ofUser, boolean never, int depth) {
    Context included(boolean inactive) {
      return new Context(ofUser, never || inactive, depth + 1);
    }
  }

  private void read(Path path, Context context, boolean checked) {
    var file = files.file(path, context.ofUser());
    file.unreadable().ifPresent(this::stop);
    if (checked) {
      file.unsafe().ifPresent(this::stop);
    }
    for (var line : file.lines()) {
      if (!stopped && ++lines > MAX_LINES) {
        stop(
            new Problem(
                new Origin.InFile(path, 0),
                "files include each other so often that there are more than a million lines",
                "include each file once"));
      }
      if (stopped) {
        return;
      }
      read(line, context);
    }
  }

  private void read(Line line, Context context) {
    switch (line) {
      case Assignment<?> assignment -> {
        if (active) {
          set(assignment, context);
        }
      }
      case Unknown(var name, var problem) -> {
        var ignored = values.value(SshKeys.IGNORE_UNKNOWN);
        if (ignored.filter(list -> Wildcard.matchesNames(name, list)).isEmpty()) {
          problems.add(problem);
        }
      }
      case HostLine each -> active = !context.never() && each.matches(host);
      case MatchLine each -> {
        wantsFinal |= each.criteria().wantsFinal();
        active = !context.never() && matches(each);
      }
      case IncludeLine each -> include(each, context);
      case Faulty(var problem) -> problems.add(problem);
    }
  }

  private void set(Assignment<?> assignment, Context context) {
    try {
      values.set(assignment, context.ofUser());
    } catch (BadValue e) {
      problems.add(e.at(assignment.origin(), assignment.key().name()));
    }
  }

  private boolean matches(MatchLine line) {
    try {
      return matcher.matches(line.criteria().all(), values);
    } catch (BadValue e) {
      stop(e.at(line.origin(), "Match"));
      return false;
    }
  }

  /// What an included file matches ends with it.
  private void include(IncludeLine line, Context context) {
    boolean before = active;
    for (var pattern : line.paths()) {
      try {
        for (var path : files.included(pattern, context.ofUser())) {
          if (context.depth() >= MAX_DEPTH) {
            stop(
                new Problem(
                    line.origin(),
                    "files include each other more than %d deep".formatted(MAX_DEPTH),
                    "break the circle"));
            return;
          }
          read(path, context.included(!before), true);
          active = before;
        }
      } catch (BadValue e) {
        problems.add(e.at(line.origin(), "Include"));
      }
    }
  }

  private void stop(Problem problem) {
    problems.add(problem);
    stopped = true;
  }
}
