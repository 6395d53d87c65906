package dev.earshot.sshconfig;

/// Which addresses of a host may be used.
public enum AddressFamily {
  ANY,
  INET,
  INET6
}
