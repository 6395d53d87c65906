package dev.earshot.ssh;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
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
          if (globMatches(glob.substring(1), host.name())) {
            return false;
          }
        } else {
          matched |= globMatches(glob, host.name());
        }
      }
      return matched;
    }

    /// Without backtracking beyond the last star, so that no pattern takes long.
    private static boolean globMatches(String glob, String host) {
      int g = 0;
      int h = 0;
      int star = -1;
      int resume = 0;
      while (h < host.length()) {
        if (g < glob.length() && glob.charAt(g) == '*') {
          star = g++;
          resume = h;
        } else if (g < glob.length()
            && (glob.charAt(g) == '?' || glob.charAt(g) == host.charAt(h))) {
          g++;
          h++;
        } else if (star >= 0) {
          g = star + 1;
          h = ++resume;
        } else {
          return false;
        }
      }
      while (g < glob.length() && glob.charAt(g) == '*') {
        g++;
      }
      return g == glob.length();
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
