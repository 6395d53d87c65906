package dev.earshot.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// The options of Ansible's configuration that say whom to become on hosts.
public final class OptionsForPrivileges {

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

  public static final Option<String> SUDO_USER =
      Option.of("sudo:become_user", OptionType.TEXT, "root")
          .env("ANSIBLE_BECOME_USER", "ANSIBLE_SUDO_USER")
          .ini("privilege_escalation", "become_user")
          .ini("sudo_become_plugin", "user");

  public static final Option<String> SUDO_EXE =
      Option.of("sudo:become_exe", OptionType.TEXT, "sudo")
          .env("ANSIBLE_BECOME_EXE", "ANSIBLE_SUDO_EXE")
          .ini("privilege_escalation", "become_exe")
          .ini("sudo_become_plugin", "executable");

  public static final Option<String> SUDO_FLAGS =
      Option.of("sudo:become_flags", OptionType.TEXT, "-H -S -n")
          .env("ANSIBLE_BECOME_FLAGS", "ANSIBLE_SUDO_FLAGS")
          .ini("privilege_escalation", "become_flags")
          .ini("sudo_become_plugin", "flags");

  public static final Option<String> SU_USER =
      Option.of("su:become_user", OptionType.TEXT, "root")
          .env("ANSIBLE_BECOME_USER", "ANSIBLE_SU_USER")
          .ini("privilege_escalation", "become_user")
          .ini("su_become_plugin", "user");

  public static final Option<String> SU_EXE =
      Option.of("su:become_exe", OptionType.TEXT, "su")
          .env("ANSIBLE_BECOME_EXE", "ANSIBLE_SU_EXE")
          .ini("privilege_escalation", "become_exe")
          .ini("su_become_plugin", "executable");

  public static final Option<String> SU_FLAGS =
      Option.of("su:become_flags", OptionType.TEXT, "")
          .env("ANSIBLE_BECOME_FLAGS", "ANSIBLE_SU_FLAGS")
          .ini("privilege_escalation", "become_flags")
          .ini("su_become_plugin", "flags");

  static final List<Option<?>> ALL =
      List.of(
          BECOME,
          BECOME_METHOD,
          BECOME_USER,
          BECOME_EXE,
          BECOME_FLAGS,
          BECOME_ASK_PASS,
          BECOME_PASSWORD_FILE,
          SUDO_USER,
          SUDO_EXE,
          SUDO_FLAGS,
          SU_USER,
          SU_EXE,
          SU_FLAGS);

  private OptionsForPrivileges() {}
}
