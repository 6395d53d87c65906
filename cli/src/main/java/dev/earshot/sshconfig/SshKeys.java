package dev.earshot.sshconfig;

import static dev.earshot.sshconfig.ValueTypes.ANYTHING;
import static dev.earshot.sshconfig.ValueTypes.COMMAND;
import static dev.earshot.sshconfig.ValueTypes.FILES;
import static dev.earshot.sshconfig.ValueTypes.FLAG;
import static dev.earshot.sshconfig.ValueTypes.NUMBER_FROM_ZERO;
import static dev.earshot.sshconfig.ValueTypes.TIME_SPAN;
import static dev.earshot.sshconfig.ValueTypes.WORD;
import static dev.earshot.sshconfig.ValueTypes.oneOf;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/// The keywords that Earshot understands. All others that OpenSSH knows are read and mean nothing.
///
/// Values are as written: tokens and `~` in them are replaced in what [SshOptions] has methods for.
public final class SshKeys {

  public static final SshKey<AddressFamily> ADDRESS_FAMILY =
      new SshKey<>(
          "AddressFamily",
          oneOf(
              Map.of(
                  "any", AddressFamily.ANY,
                  "inet", AddressFamily.INET,
                  "inet6", AddressFamily.INET6)));
  public static final SshKey<Boolean> BATCH_MODE = new SshKey<>("BatchMode", FLAG);
  public static final SshKey<String> BIND_ADDRESS = new SshKey<>("BindAddress", WORD);
  public static final SshKey<String> BIND_INTERFACE = new SshKey<>("BindInterface", WORD);
  public static final SshKey<String> CA_SIGNATURE_ALGORITHMS =
      new SshKey<>("CASignatureAlgorithms", WORD);
  public static final SshKey<Boolean> CHECK_HOST_IP = new SshKey<>("CheckHostIP", FLAG);
  public static final SshKey<String> CIPHERS = new SshKey<>("Ciphers", WORD);
  public static final SshKey<Integer> CONNECTION_ATTEMPTS =
      new SshKey<>("ConnectionAttempts", NUMBER_FROM_ZERO);
  public static final SshKey<Duration> CONNECT_TIMEOUT = new SshKey<>("ConnectTimeout", TIME_SPAN);
  public static final SshKey<List<String>> GLOBAL_KNOWN_HOSTS_FILE =
      new SshKey<>("GlobalKnownHostsFile", FILES);
  public static final SshKey<Boolean> HASH_KNOWN_HOSTS = new SshKey<>("HashKnownHosts", FLAG);
  public static final SshKey<String> HOST_KEY_ALGORITHMS = new SshKey<>("HostKeyAlgorithms", WORD);
  public static final SshKey<Boolean> IDENTITIES_ONLY = new SshKey<>("IdentitiesOnly", FLAG);
  public static final SshKey<Boolean> KBD_INTERACTIVE_AUTHENTICATION =
      new SshKey<>("KbdInteractiveAuthentication", FLAG);
  public static final SshKey<String> KEX_ALGORITHMS = new SshKey<>("KexAlgorithms", WORD);
  public static final SshKey<String> KNOWN_HOSTS_COMMAND =
      new SshKey<>("KnownHostsCommand", COMMAND);
  public static final SshKey<String> MACS = new SshKey<>("MACs", WORD);
  public static final SshKey<Integer> NUMBER_OF_PASSWORD_PROMPTS =
      new SshKey<>("NumberOfPasswordPrompts", NUMBER_FROM_ZERO);
  public static final SshKey<Boolean> PASSWORD_AUTHENTICATION =
      new SshKey<>("PasswordAuthentication", FLAG);
  public static final SshKey<Integer> PORT = new SshKey<>("Port", ValueTypes.PORT);
  public static final SshKey<String> PREFERRED_AUTHENTICATIONS =
      new SshKey<>("PreferredAuthentications", WORD);
  public static final SshKey<String> PUBKEY_ACCEPTED_ALGORITHMS =
      new SshKey<>("PubkeyAcceptedAlgorithms", WORD);
  public static final SshKey<PublicKeyUse> PUBKEY_AUTHENTICATION =
      new SshKey<>(
          "PubkeyAuthentication",
          oneOf(
              Map.of(
                  "yes", PublicKeyUse.YES,
                  "true", PublicKeyUse.YES,
                  "no", PublicKeyUse.NO,
                  "false", PublicKeyUse.NO,
                  "unbound", PublicKeyUse.UNBOUND,
                  "host-bound", PublicKeyUse.HOST_BOUND)));
  public static final SshKey<Integer> REQUIRED_RSA_SIZE =
      new SshKey<>("RequiredRSASize", NUMBER_FROM_ZERO);
  public static final SshKey<String> REVOKED_HOST_KEYS = new SshKey<>("RevokedHostKeys", WORD);
  public static final SshKey<Integer> SERVER_ALIVE_COUNT_MAX =
      new SshKey<>("ServerAliveCountMax", NUMBER_FROM_ZERO);
  public static final SshKey<Duration> SERVER_ALIVE_INTERVAL =
      new SshKey<>("ServerAliveInterval", TIME_SPAN);
  public static final SshKey<HostKeyChecking> STRICT_HOST_KEY_CHECKING =
      new SshKey<>(
          "StrictHostKeyChecking",
          oneOf(
              Map.of(
                  "yes", HostKeyChecking.YES,
                  "true", HostKeyChecking.YES,
                  "no", HostKeyChecking.NO,
                  "false", HostKeyChecking.NO,
                  "off", HostKeyChecking.NO,
                  "ask", HostKeyChecking.ASK,
                  "accept-new", HostKeyChecking.ACCEPT_NEW)));
  public static final SshKey<String> USER = new SshKey<>("User", WORD);

  static final SshKey<List<String>> CANONICAL_DOMAINS = new SshKey<>("CanonicalDomains", FILES);
  static final SshKey<Boolean> CANONICALIZE_FALLBACK_LOCAL =
      new SshKey<>("CanonicalizeFallbackLocal", FLAG);
  static final SshKey<Canonicalization> CANONICALIZE_HOSTNAME =
      new SshKey<>(
          "CanonicalizeHostname",
          oneOf(
              Map.of(
                  "yes", Canonicalization.YES,
                  "true", Canonicalization.YES,
                  "no", Canonicalization.NO,
                  "false", Canonicalization.NO,
                  "always", Canonicalization.ALWAYS)));
  static final SshKey<Integer> CANONICALIZE_MAX_DOTS =
      new SshKey<>("CanonicalizeMaxDots", NUMBER_FROM_ZERO);
  static final SshKey<String> CERTIFICATE_FILE = new SshKey<>("CertificateFile", WORD);
  static final SshKey<String> HOST_KEY_ALIAS = new SshKey<>("HostKeyAlias", WORD);
  static final SshKey<String> HOST_NAME = new SshKey<>("HostName", WORD);
  static final SshKey<String> IDENTITY_AGENT = new SshKey<>("IdentityAgent", ValueTypes.AGENT);
  static final SshKey<String> IDENTITY_FILE = new SshKey<>("IdentityFile", WORD);
  static final SshKey<String> IGNORE_UNKNOWN = new SshKey<>("IgnoreUnknown", WORD);
  static final SshKey<String> PROXY_COMMAND = new SshKey<>("ProxyCommand", COMMAND);
  static final SshKey<List<JumpHost>> PROXY_JUMP = new SshKey<>("ProxyJump", ValueTypes.JUMPS);
  static final SshKey<String> TAG = new SshKey<>("Tag", WORD);
  static final SshKey<List<String>> USER_KNOWN_HOSTS_FILE =
      new SshKey<>("UserKnownHostsFile", FILES);

  /// A keyword without meaning for Earshot.
  static final SshKey<String> IGNORED = new SshKey<>("(ignored)", ANYTHING);

  private SshKeys() {}
}
