package dev.earshot.ssh;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.crypto.spec.SecretKeySpec;

/// The first field of a known_hosts entry: the hosts that it speaks about.
///
/// Hosts are asked for as OpenSSH writes them: `name` on port 22, `[name]:port` elsewhere.
sealed interface HostPattern {
  /// Whether this is about that host.
  boolean matches(SoughtHost host);

  static HostPattern parse(String field) {
    return field.startsWith("|") ? Hashed.parse(field) : Listed.parse(field);
  }

  /// Names and wildcards between commas; one that is negated with `!` and matches outweighs all
  /// others.
  record Listed(List<String> globs) implements HostPattern {
    public Listed {
      globs = List.copyOf(globs);
    }

    static Listed parse(String field) {
      return new Listed(Arrays.asList(field.toLowerCase(Locale.ROOT).split(",")));
    }

    @Override
    public boolean matches(SoughtHost host) {
      boolean matched = false;
      for (String glob : globs) {
        if (glob.startsWith("!")) {
          if (Glob.matches(glob.substring(1), host.name())) {
            return false;
          }
        } else {
          matched |= Glob.matches(glob, host.name());
        }
      }
      return matched;
    }

    /// The names, if they are nothing but names.
    Optional<List<String>> names() {
      return globs.stream().anyMatch(glob -> glob.startsWith("!") || Glob.isOne(glob))
          ? Optional.empty()
          : Optional.of(globs);
    }
  }

  /// One name that only somebody who already knows it can confirm.
  final class Hashed implements HostPattern {
    private final SecretKeySpec salt;
    private final byte[] digest;

    private Hashed(byte[] salt, byte[] digest) {
      this.salt = new SecretKeySpec(salt, SoughtHost.HMAC);
      this.digest = digest;
    }

    static Hashed parse(String field) {
      String[] parts = field.split("\\|", -1);
      if (parts.length != 4 || !parts[1].equals("1") || parts[2].isEmpty()) {
        throw new IllegalArgumentException("a hashed host is |1|salt|digest");
      }
      try {
        Base64.Decoder decoder = Base64.getDecoder();
        return new Hashed(decoder.decode(parts[2]), decoder.decode(parts[3]));
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException("the hashed host is not Base64", e);
      }
    }

    @Override
    public boolean matches(SoughtHost host) {
      return MessageDigest.isEqual(digest, host.hashed(salt));
    }
  }
}
