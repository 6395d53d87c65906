package dev.earshot.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// The options of Ansible's configuration that say whom to become on hosts.
public final class OptionsForPrivileges {

  private static final String SECTION = "_become_plugin";

  public static final Option<Boolean> BECOME =
      Option.of("DEFAULT_BECOME", OptionType.FLAG, false)
          .env("ANSIBLE_BECOME")
          .ini("privilege_escalation", "become");

  public static final Option<String> BECOME_METHOD =
      Option.of("DEFAULT_BECOME_METHOD", OptionType.TEXT, "sudo")
          .env("ANSIBLE_BECOME_METHOD")
          .ini("privilege_escalation", "become_method");

  public static final Option<String> BECOME_USER =
      Option.of("DEFAULT_BECOME_USER", OptionType.TEXT, "root")
          .env("ANSIBLE_BECOME_USER")
          .ini("privilege_escalation", "become_user");

  public static final Option<Optional<String>> BECOME_EXE =
      Option.unset("DEFAULT_BECOME_EXE", OptionType.TEXT)
          .env("ANSIBLE_BECOME_EXE")
          .ini("privilege_escalation", "become_exe");

  public static final Option<Optional<String>> BECOME_FLAGS =
      Option.unset("DEFAULT_BECOME_FLAGS", OptionType.TEXT)
          .env("ANSIBLE_BECOME_FLAGS")
          .ini("privilege_escalation", "become_flags");

  public static final Option<Boolean> BECOME_ASK_PASS =
      Option.of("DEFAULT_BECOME_ASK_PASS", OptionType.FLAG, false)
          .env("ANSIBLE_BECOME_ASK_PASS")
          .ini("privilege_escalation", "become_ask_pass");

  public static final Option<Optional<Path>> BECOME_PASSWORD_FILE =
      Option.unset("BECOME_PASSWORD_FILE", OptionType.PATH)
          .env("ANSIBLE_BECOME_PASSWORD_FILE")
          .ini("defaults", "become_password_file");

  public static final Option<Boolean> BECOME_ALLOW_SAME_USER =
      Option.of("BECOME_ALLOW_SAME_USER", OptionType.FLAG, false)
          .env("ANSIBLE_BECOME_ALLOW_SAME_USER")
          .ini("privilege_escalation", "become_allow_same_user");

  public static final Plugin SUDO = Plugin.of("sudo", Optional.of("root"), "-H -S -n");
  public static final Plugin SU = Plugin.of("su", Optional.of("root"), "");
  public static final Plugin DOAS = Plugin.of("doas", Optional.empty(), "");

  static final List<Option<?>> ALL =
      Stream.of(
              List.of(
                  BECOME,
                  BECOME_METHOD,
                  BECOME_USER,
                  BECOME_EXE,
                  BECOME_FLAGS,
                  BECOME_ASK_PASS,
                  BECOME_PASSWORD_FILE,
                  BECOME_ALLOW_SAME_USER),
              SUDO.all(),
              SU.all(),
              DOAS.all())
          .flatMap(List::stream)
          .toList();

  private OptionsForPrivileges() {}

  /// What one of the programs that become somebody is told: each plugin of Ansible's has the same
  /// options.
  ///
  /// @param name of the plugin and of its program
  public record Plugin(
      String name,
      Option<Optional<String>> user,
      Option<String> executable,
      Option<String> flags,
      Option<Optional<String>> password) {

    private static Plugin of(String name, Optional<String> user, String flags) {
      return new Plugin(
          name,
          shared(name, Option.of(name + ":become_user", OptionType.TEXT.optional(), user), "user"),
          shared(name, Option.of(name + ":become_exe", OptionType.TEXT, name), "exe", "executable"),
          shared(name, Option.of(name + ":become_flags", OptionType.TEXT, flags), "flags"),
          Option.unset(name + ":become_pass", OptionType.TEXT)
              .env("ANSIBLE_BECOME_PASS", own(name, "pass"))
              .ini(name + SECTION, "password"));
    }

    /// Of a setting that stands for all plugins, too.
    private static <T> Option<T> shared(String name, Option<T> option, String what, String key) {
      return option
          .env("ANSIBLE_BECOME_" + what.toUpperCase(Locale.ROOT), own(name, what))
          .ini("privilege_escalation", "become_" + what)
          .ini(name + SECTION, key);
    }

    private static <T> Option<T> shared(String name, Option<T> option, String what) {
      return shared(name, option, what, what);
    }

    private static String own(String name, String what) {
      return "ANSIBLE_%s_%s".formatted(name, what).toUpperCase(Locale.ROOT);
    }

    private List<Option<?>> all() {
      return List.of(user, executable, flags, password);
    }
  }
}
