package dev.earshot.python;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a program finds around it when it starts, and what a path that a user wrote means there.
///
/// @param workingDirectory absolute
/// @param home what `~` stands for
public record Surroundings(Map<String, String> environment, Path workingDirectory, Path home) {

  private static final Pattern VARIABLE = Pattern.compile("\\$(?:\\{([^}]*)}|([A-Za-z0-9_]+))");

  public Surroundings {
    environment = Map.copyOf(environment);
    workingDirectory = workingDirectory.toAbsolutePath();
  }

  /// What is around this very process. Its home is what the environment says, as for shells, and
  /// what the system says where that says nothing.
  public static Surroundings ofProcess() {
    var environment = System.getenv();
    var home = environment.getOrDefault("HOME", System.getProperty("user.home"));
    return new Surroundings(environment, Path.of(""), Path.of(home));
  }

  /// A path relative to the working directory.
  public Path resolve(String text) {
    return resolve(text, workingDirectory);
  }

  /// A path as Python's `expandvars`, `expanduser` and `normpath` leave it: unknown variables stay
  /// as they are, symbolic links too. `~user` is not looked up.
  ///
  /// @throws java.nio.file.InvalidPathException if it can't be a path
  public Path resolve(String text, Path base) {
    var expanded =
        VARIABLE
            .matcher(text)
            .replaceAll(match -> {
              var name = match.group(1) == null ? match.group(2) : match.group(1);
              return Matcher.quoteReplacement(environment.getOrDefault(name, match.group()));
            });
    if (expanded.equals("~")) {
      expanded = home.toString();
    } else if (expanded.startsWith("~/")) {
      expanded = home + expanded.substring(1);
    }
    return base.resolve(expanded).normalize();
  }

  /// How a file is called on other machines: from the working directory on, where it lies below
  /// that. Nothing else is told of where it lies, nor where the path would lead through homes.
  public Optional<String> relative(Path file) {
    Path here = workingDirectory.normalize();
    Path there = file.toAbsolutePath().normalize();
    Path own = home.toAbsolutePath().normalize();
    boolean aboveHomes = own.startsWith(here) && !own.equals(here);
    return there.startsWith(here) && !there.equals(here) && !aboveHomes
        ? Optional.of(here.relativize(there).toString())
        : Optional.empty();
  }

  /// Leaves the environment out: it may hold secrets.
  @Override
  public String toString() {
    return "Surroundings[" + workingDirectory + "]";
  }
}
