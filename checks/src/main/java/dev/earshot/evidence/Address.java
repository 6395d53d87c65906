package dev.earshot.evidence;

import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/// An IP address as text in one spelling: without brackets, zone or prefix length, IPv4-mapped IPv6
/// as IPv4.
public record Address(String value) {

  private static final String IPV4_MAPPED = "::ffff:";

  /// `0000:0000:0000:0000:0000:ffff:255.255.255.255`
  private static final int LONGEST = 45;

  private static final Predicate<String> NUMERIC =
      Pattern.compile("[0-9a-f.:]*[.:][0-9a-f.:]*").asMatchPredicate();

  private static final Predicate<String> PRIVATE =
      Pattern.compile(
              "(10|192\\.168|172\\.(1[6-9]|2\\d|3[01])|100\\.(6[4-9]|[7-9]\\d|1[01]\\d|12[0-7]))\\..*|f[cd][0-9a-f]{2}:.*")
          .asMatchPredicate();

  /// Accepts the spellings of `ss`, `ip`, PostgreSQL and HAProxy.
  public static Address of(String text) {
    String bare = text.strip().toLowerCase(Locale.ROOT);
    if (bare.startsWith("[") && bare.endsWith("]")) {
      bare = bare.substring(1, bare.length() - 1);
    }
    bare = until(until(bare, '%'), '/');
    return new Address(
        bare.startsWith(IPV4_MAPPED) && bare.indexOf('.') > 0
            ? bare.substring(IPV4_MAPPED.length())
            : bare);
  }

  /// Rather than a name: nothing in it that a shell or a terminal could take for more.
  public boolean isNumeric() {
    return value.length() <= LONGEST && NUMERIC.test(value);
  }

  public boolean isLoopback() {
    return value.startsWith("127.") || value.equals("::1");
  }

  /// Valid on one link only, hence found on many hosts at once.
  public boolean isLinkLocal() {
    return value.startsWith("169.254.") || value.startsWith("fe80:");
  }

  /// Routed within a network of one's own alone (RFC 1918, 4193, 6598), or nowhere.
  public boolean isPrivate() {
    return isLoopback() || isLinkLocal() || PRIVATE.test(value);
  }

  private static String until(String text, char end) {
    int at = text.indexOf(end);
    return at < 0 ? text : text.substring(0, at);
  }

  @Override
  public String toString() {
    return value;
  }
}
