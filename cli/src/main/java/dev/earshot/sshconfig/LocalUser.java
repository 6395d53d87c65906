package dev.earshot.sshconfig;

import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;

/// Whose configuration it is.
///
/// @param name as the system knows them, whatever the environment says
/// @param home what `~` stands for: OpenSSH asks the system, not `$HOME`
/// @param environment for `${NAME}`, agents, and the commands of `Match exec`
public record LocalUser(String name, Path home, Map<String, String> environment) {

  private static final Path PASSWD = Path.of("/etc/passwd");
  private static final Path GROUPS = Path.of("/etc/group");
  private static final int NAME_FIELD = 0;
  private static final int ID_FIELD = 2;
  private static final int GROUP_FIELD = 3;
  private static final int MEMBERS_FIELD = 3;
  private static final int HOME_FIELD = 5;

  public LocalUser {
    environment = Map.copyOf(environment);
  }

  /// Who runs this program.
  public static LocalUser current() {
    return new LocalUser(
        System.getProperty("user.name", ""),
        Path.of(System.getProperty("user.home", "")),
        System.getenv());
  }

  long uid() {
    return new UnixSystem().getUid();
  }

  /// Whether nobody else is in this group, as where each user has one.
  boolean ownsGroup(long group) {
    try (var groups = Files.lines(GROUPS);
        var users = Files.lines(PASSWD)) {
      var members =
          groups
              .map(line -> line.split(":", -1))
              .filter(fields -> fields.length > MEMBERS_FIELD)
              .filter(fields -> fields[ID_FIELD].equals(String.valueOf(group)))
              .flatMap(fields -> Stream.of(fields[MEMBERS_FIELD].split(",")));
      var others =
          users
              .map(line -> line.split(":", -1))
              .filter(fields -> fields.length > HOME_FIELD)
              .filter(fields -> fields[GROUP_FIELD].equals(String.valueOf(group)))
              .map(fields -> fields[NAME_FIELD]);
      return Stream.concat(members, others).filter(each -> !each.isEmpty()).allMatch(name::equals);
    } catch (IOException | UncheckedIOException _) {
      return false;
    }
  }

  /// The machine's own name, as `hostname` prints it.
  String machine() {
    try {
      return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
    } catch (IOException _) {
      // not on Linux
    }
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException _) {
      return "localhost";
    }
  }

  /// A path with `~` or `~user` at its front replaced.
  String withHome(String path) throws BadValue {
    if (!path.startsWith("~")) {
      return path;
    }
    int slash = path.indexOf('/');
    var user = slash < 0 ? path.substring(1) : path.substring(1, slash);
    var rest = slash < 0 ? "" : path.substring(slash + 1);
    var base = user.isEmpty() || user.equals(name) ? home.toString() : homeOf(user);
    return base.endsWith("/") ? base + rest : base + "/" + rest;
  }

  private static String homeOf(String user) throws BadValue {
    try (var lines = Files.lines(PASSWD)) {
      var found =
          lines
              .map(line -> line.split(":", -1))
              .filter(fields -> fields.length > HOME_FIELD && fields[NAME_FIELD].equals(user))
              .findFirst();
      if (found.isPresent()) {
        return found.get()[HOME_FIELD];
      }
    } catch (IOException _) {
      // told below
    }
    throw new BadValue("names ~%s, but there is no such user".formatted(user), "write the path");
  }

  /// Leaves the environment out: it may hold secrets.
  @Override
  public String toString() {
    return "LocalUser[" + name + "]";
  }
}
