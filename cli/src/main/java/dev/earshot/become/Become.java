package dev.earshot.become;

import dev.earshot.ssh.Secret;
import java.util.Arrays;
import java.util.Optional;

/// How to become whom on a host.
///
/// @param user to become
/// @param executable the program that does it, as a shell reads it; possibly several words
/// @param flags of that program, as a shell reads them
/// @param password for it, which is told only to a prompt
public record Become(
    Method method, String user, String executable, String flags, Optional<Secret> password) {

  /// The methods that Earshot speaks.
  public enum Method {
    SUDO("sudo", "ansible.builtin.sudo", "-H -S -n"),
    SU("su", "ansible.builtin.su", ""),
    DOAS("doas", "community.general.doas", "");

    private final String word;
    private final String qualified;
    private final String flags;

    Method(String word, String qualified, String flags) {
      this.word = word;
      this.qualified = qualified;
      this.flags = flags;
    }

    /// What `ansible_become_method` calls it, short or in full.
    public static Optional<Method> of(String name) {
      return Arrays.stream(values())
          .filter(method -> method.word.equals(name) || method.qualified.equals(name))
          .findFirst();
    }

    /// Where no executable is named.
    public String executable() {
      return word;
    }

    /// Where no flags are given: Ansible's own.
    public String flags() {
      return flags;
    }
  }

  /// Ansible's defaults for everything that is not said.
  public static Become by(Method method, String user, Optional<Secret> password) {
    return new Become(method, user, method.executable(), method.flags(), password);
  }
}
