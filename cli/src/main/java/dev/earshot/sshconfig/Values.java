package dev.earshot.sshconfig;

import dev.earshot.sshconfig.Line.Assignment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What has been set so far for one host: of most keywords the first value, of some all of them.
final class Values {

  private static final int MAX_FILES = 100;

  /// @param ofUser set by the user's own configuration or an argument
  private record FileSetting(Setting<String> setting, boolean ofUser) {
    boolean isSameAs(FileSetting other) {
      return ofUser == other.ofUser && setting.value().equals(other.setting.value());
    }
  }

  private final Map<SshKey<?>, Setting<?>> first = new HashMap<>();
  private final List<FileSetting> identities = new ArrayList<>();
  private final List<FileSetting> certificates = new ArrayList<>();

  <T> Optional<Setting<T>> find(SshKey<T> key) {
    @SuppressWarnings("unchecked") // only set(Assignment) and put write, with the key's own type
    var setting = (Setting<T>) first.get(key);
    return Optional.ofNullable(setting);
  }

  <T> Optional<T> value(SshKey<T> key) {
    return find(key).map(Setting::value);
  }

  List<Setting<String>> identities() {
    return identities.stream().map(FileSetting::setting).toList();
  }

  List<Setting<String>> certificates() {
    return certificates.stream().map(FileSetting::setting).toList();
  }

  <T> void set(Assignment<T> line, boolean ofUser) throws BadValue {
    if (line.value().isEmpty() || line.key().equals(SshKeys.IGNORED)) {
      return;
    }
    var value = line.value().get();
    if (line.key().equals(SshKeys.IDENTITY_FILE)) {
      add(identities, new FileSetting(new Setting<>((String) value, line.origin()), ofUser));
    } else if (line.key().equals(SshKeys.CERTIFICATE_FILE)) {
      add(certificates, new FileSetting(new Setting<>((String) value, line.origin()), ofUser));
    } else if (!isBlocked(line.key())) {
      first.putIfAbsent(line.key(), new Setting<>(value, line.origin()));
    }
  }

  /// Sets a value whether there is one or not.
  <T> void put(SshKey<T> key, Setting<T> setting) {
    first.put(key, setting);
  }

  <T> void putIfAbsent(SshKey<T> key, Setting<T> setting) {
    first.putIfAbsent(key, setting);
  }

  boolean hasProxy() {
    return first.containsKey(SshKeys.PROXY_JUMP) || first.containsKey(SshKeys.PROXY_COMMAND);
  }

  /// Whether nothing was said of a proxy, or that no command is one. `ProxyJump none` counts as a
  /// proxy where OpenSSH decides whether to look for a longer name.
  boolean isDirect() {
    boolean command =
        value(SshKeys.PROXY_COMMAND).filter(each -> !each.equalsIgnoreCase("none")).isPresent();
    return !first.containsKey(SshKeys.PROXY_JUMP) && !command;
  }

  private boolean jumps() {
    return value(SshKeys.PROXY_JUMP).filter(chain -> !chain.isEmpty()).isPresent();
  }

  /// A command keeps hops out, even if it is `none`; hops keep a command out, unless they are.
  private boolean isBlocked(SshKey<?> key) {
    return (key.equals(SshKeys.PROXY_JUMP) && hasProxy())
        || (key.equals(SshKeys.PROXY_COMMAND) && jumps());
  }

  private static void add(List<FileSetting> files, FileSetting file) throws BadValue {
    if (files.size() >= MAX_FILES) {
      throw new BadValue("is there more than %d times".formatted(MAX_FILES), "write fewer");
    }
    if (files.stream().noneMatch(file::isSameAs)) {
      files.add(file);
    }
  }
}
