package dev.earshot.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// The options of Ansible's configuration that say how hosts are reached.
public final class OptionsForConnections {

  public static final Option<Optional<String>> REMOTE_USER =
      Option.unset("DEFAULT_REMOTE_USER", OptionType.TEXT)
          .env("ANSIBLE_REMOTE_USER")
          .ini("defaults", "remote_user");

  public static final Option<Optional<Integer>> REMOTE_PORT =
      Option.unset("DEFAULT_REMOTE_PORT", OptionType.NUMBER)
          .env("ANSIBLE_REMOTE_PORT")
          .ini("defaults", "remote_port");

  public static final Option<Optional<Path>> PRIVATE_KEY_FILE =
      Option.unset("DEFAULT_PRIVATE_KEY_FILE", OptionType.PATH)
          .env("ANSIBLE_PRIVATE_KEY_FILE")
          .ini("defaults", "private_key_file");

  public static final Option<Integer> TIMEOUT =
      Option.of("DEFAULT_TIMEOUT", OptionType.NUMBER, 10)
          .env("ANSIBLE_TIMEOUT")
          .ini("defaults", "timeout");

  public static final Option<Integer> FORKS =
      Option.of("DEFAULT_FORKS", OptionType.NUMBER, 5)
          .env("ANSIBLE_FORKS")
          .ini("defaults", "forks");

  public static final Option<String> TRANSPORT =
      Option.of("DEFAULT_TRANSPORT", OptionType.TEXT, "smart")
          .env("ANSIBLE_TRANSPORT")
          .ini("defaults", "transport");

  public static final Option<Boolean> ASK_PASS =
      Option.of("DEFAULT_ASK_PASS", OptionType.FLAG, false)
          .env("ANSIBLE_ASK_PASS")
          .ini("defaults", "ask_pass");

  public static final Option<Optional<Path>> CONNECTION_PASSWORD_FILE =
      Option.unset("CONNECTION_PASSWORD_FILE", OptionType.PATH)
          .env("ANSIBLE_CONNECTION_PASSWORD_FILE")
          .ini("defaults", "connection_password_file");

  public static final Option<Boolean> HOST_KEY_CHECKING =
      Option.of("ssh:host_key_checking", OptionType.FLAG, true)
          .env("ANSIBLE_HOST_KEY_CHECKING", "ANSIBLE_SSH_HOST_KEY_CHECKING")
          .ini("defaults", "host_key_checking")
          .ini("ssh_connection", "host_key_checking");

  public static final Option<String> SSH_ARGS =
      Option.of("ssh:ssh_args", OptionType.TEXT, "-C -o ControlMaster=auto -o ControlPersist=60s")
          .env("ANSIBLE_SSH_ARGS")
          .ini("ssh_connection", "ssh_args");

  public static final Option<String> SSH_COMMON_ARGS =
      Option.of("ssh:ssh_common_args", OptionType.TEXT, "")
          .env("ANSIBLE_SSH_COMMON_ARGS")
          .ini("ssh_connection", "ssh_common_args");

  public static final Option<String> SSH_EXTRA_ARGS =
      Option.of("ssh:ssh_extra_args", OptionType.TEXT, "")
          .env("ANSIBLE_SSH_EXTRA_ARGS")
          .ini("ssh_connection", "ssh_extra_args");

  public static final Option<String> SSH_EXECUTABLE =
      Option.of("ssh:ssh_executable", OptionType.TEXT, "ssh")
          .env("ANSIBLE_SSH_EXECUTABLE")
          .ini("ssh_connection", "ssh_executable");

  public static final Option<Integer> RETRIES =
      Option.of("ssh:reconnection_retries", OptionType.NUMBER, 0)
          .env("ANSIBLE_SSH_RETRIES")
          .ini("connection", "retries")
          .ini("ssh_connection", "retries");

  public static final Option<Optional<String>> CONTROL_PATH =
      Option.unset("ssh:control_path", OptionType.TEXT)
          .env("ANSIBLE_SSH_CONTROL_PATH")
          .ini("ssh_connection", "control_path");

  public static final Option<String> CONTROL_PATH_DIR =
      Option.of("ssh:control_path_dir", OptionType.TEXT, "~/.ansible/cp")
          .env("ANSIBLE_SSH_CONTROL_PATH_DIR")
          .ini("ssh_connection", "control_path_dir");

  public static final Option<Boolean> PIPELINING =
      Option.of("ssh:pipelining", OptionType.FLAG, false)
          .env("ANSIBLE_PIPELINING", "ANSIBLE_SSH_PIPELINING")
          .ini("defaults", "pipelining")
          .ini("connection", "pipelining")
          .ini("ssh_connection", "pipelining");

  public static final Option<Boolean> USE_TTY =
      Option.of("ssh:use_tty", OptionType.FLAG, true)
          .env("ANSIBLE_SSH_USETTY")
          .ini("ssh_connection", "usetty");

  static final List<Option<?>> ALL =
      List.of(
          REMOTE_USER,
          REMOTE_PORT,
          PRIVATE_KEY_FILE,
          TIMEOUT,
          FORKS,
          TRANSPORT,
          ASK_PASS,
          CONNECTION_PASSWORD_FILE,
          HOST_KEY_CHECKING,
          SSH_ARGS,
          SSH_COMMON_ARGS,
          SSH_EXTRA_ARGS,
          SSH_EXECUTABLE,
          RETRIES,
          CONTROL_PATH,
          CONTROL_PATH_DIR,
          PIPELINING,
          USE_TTY);

  private OptionsForConnections() {}
}
