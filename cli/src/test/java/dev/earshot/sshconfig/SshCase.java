package dev.earshot.sshconfig;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/// The `case.yml` of a case. An unknown key is an error.
///
/// `@DIR@` in any file of the case stands for the folder that it is copied to, which is also the
/// working directory. A folder `home` becomes the user's home, and `machine/ssh_config` the
/// machine's own configuration; without them, `config` is given with `-F`.
///
/// @param shows what the case shows, in a sentence
/// @param hosts the hosts to ask for
/// @param arguments words in front of the host
/// @param environment variables of the environment
/// @param permissions of files, such as `rw-rw-rw-`
/// @param ours what Earshot does instead, where it knowingly differs
record SshCase(
    String shows,
    List<String> hosts,
    List<String> arguments,
    Map<String, String> environment,
    Map<String, String> permissions,
    @Nullable Ours ours) {

  static final Path ALL = Path.of("src/test/resources/sshconfig").toAbsolutePath();

  private static final String FILE = "case.yml";
  private static final JsonMapper JSON = new JsonMapper();

  /// @param refused a piece of the refusal; empty if the host is resolved
  /// @param because why that is better
  record Ours(String refused, String because) {}

  SshCase {
    Objects.requireNonNull(shows, "shows");
    hosts = List.copyOf(hosts);
    arguments = arguments == null ? List.of() : List.copyOf(arguments);
    environment = environment == null ? Map.of() : Map.copyOf(environment);
    permissions = permissions == null ? Map.of() : Map.copyOf(permissions);
    if (hosts.isEmpty()) {
      throw new IllegalArgumentException("hosts is empty");
    }
  }

  static SshCase read(Path folder) throws IOException {
    var file = folder.resolve(FILE);
    var options = new LoaderOptions();
    options.setAllowDuplicateKeys(false);
    try {
      Object content = new Yaml(new SafeConstructor(options)).load(Files.readString(file));
      return JSON.convertValue(content, SshCase.class);
    } catch (RuntimeException e) {
      throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
    }
  }

  void copy(Path folder, Path copy) throws IOException {
    try (var files = Files.walk(folder)) {
      for (var file : files.toList()) {
        var target = copy.resolve(folder.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else if (!file.endsWith(FILE)) {
          var text = Files.readString(file).replace("@DIR@", copy.toString());
          Files.writeString(target, text);
          Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rw-r--r--"));
        }
      }
    }
    for (var each : permissions.entrySet()) {
      Files.setPosixFilePermissions(
          copy.resolve(each.getKey()), PosixFilePermissions.fromString(each.getValue()));
    }
  }
}
