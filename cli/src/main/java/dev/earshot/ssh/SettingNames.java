package dev.earshot.ssh;

/// What the settings of a host are called in the place where its admin writes them.
public enum SettingNames {
  /// Variables of the inventory, which hosts have that are audited.
  INVENTORY(
      "ansible_host",
      "ansible_port",
      "ansible_user",
      "ansible_ssh_private_key_file",
      "a password with ansible_password",
      "no password is known (ansible_password)"),

  /// Options of OpenSSH's client, which jump hosts have: these are no hosts of the inventory, whose
  /// password is never shown to them.
  SSH_CONFIG(
      "HostName in ~/.ssh/config",
      "Port in ~/.ssh/config",
      "User in ~/.ssh/config",
      "IdentityFile in ~/.ssh/config",
      "load one into ssh-agent",
      "a jump host is shown keys only: name one with IdentityFile in ~/.ssh/config, or load it into ssh-agent");

  final String address;
  final String port;
  final String user;
  final String key;

  /// What there is to name beside a key.
  final String orPassword;

  /// Why a password that is wanted was not shown.
  final String noPassword;

  SettingNames(
      String address, String port, String user, String key, String orPassword, String noPassword) {
    this.address = address;
    this.port = port;
    this.user = user;
    this.key = key;
    this.orPassword = orPassword;
    this.noPassword = noPassword;
  }
}
