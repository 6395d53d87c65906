package dev.earshot.sshconfig;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Which words are keywords, old names among them.
final class Keywords {

  private static final List<SshKey<?>> KEYS =
      List.of(
          SshKeys.ADDRESS_FAMILY,
          SshKeys.BATCH_MODE,
          SshKeys.BIND_ADDRESS,
          SshKeys.BIND_INTERFACE,
          SshKeys.CANONICALIZE_FALLBACK_LOCAL,
          SshKeys.CANONICALIZE_HOSTNAME,
          SshKeys.CANONICALIZE_MAX_DOTS,
          SshKeys.CANONICAL_DOMAINS,
          SshKeys.CA_SIGNATURE_ALGORITHMS,
          SshKeys.CERTIFICATE_FILE,
          SshKeys.CHECK_HOST_IP,
          SshKeys.CIPHERS,
          SshKeys.CONNECTION_ATTEMPTS,
          SshKeys.CONNECT_TIMEOUT,
          SshKeys.GLOBAL_KNOWN_HOSTS_FILE,
          SshKeys.HASH_KNOWN_HOSTS,
          SshKeys.HOST_KEY_ALGORITHMS,
          SshKeys.HOST_KEY_ALIAS,
          SshKeys.HOST_NAME,
          SshKeys.IDENTITIES_ONLY,
          SshKeys.IDENTITY_AGENT,
          SshKeys.IDENTITY_FILE,
          SshKeys.IGNORE_UNKNOWN,
          SshKeys.KBD_INTERACTIVE_AUTHENTICATION,
          SshKeys.KEX_ALGORITHMS,
          SshKeys.KNOWN_HOSTS_COMMAND,
          SshKeys.MACS,
          SshKeys.NUMBER_OF_PASSWORD_PROMPTS,
          SshKeys.PASSWORD_AUTHENTICATION,
          SshKeys.PORT,
          SshKeys.PREFERRED_AUTHENTICATIONS,
          SshKeys.PROXY_COMMAND,
          SshKeys.PROXY_JUMP,
          SshKeys.PUBKEY_ACCEPTED_ALGORITHMS,
          SshKeys.PUBKEY_AUTHENTICATION,
          SshKeys.REQUIRED_RSA_SIZE,
          SshKeys.REVOKED_HOST_KEYS,
          SshKeys.SERVER_ALIVE_COUNT_MAX,
          SshKeys.SERVER_ALIVE_INTERVAL,
          SshKeys.STRICT_HOST_KEY_CHECKING,
          SshKeys.TAG,
          SshKeys.USER,
          SshKeys.USER_KNOWN_HOSTS_FILE);

  private static final Map<String, SshKey<?>> OLD_NAMES =
      Map.of(
          "challengeresponseauthentication", SshKeys.KBD_INTERACTIVE_AUTHENTICATION,
          "skeyauthentication", SshKeys.KBD_INTERACTIVE_AUTHENTICATION,
          "tisauthentication", SshKeys.KBD_INTERACTIVE_AUTHENTICATION,
          "dsaauthentication", SshKeys.PUBKEY_AUTHENTICATION,
          "identityfile2", SshKeys.IDENTITY_FILE,
          "pubkeyacceptedkeytypes", SshKeys.PUBKEY_ACCEPTED_ALGORITHMS);

  /// Keywords that are read and mean nothing here: of 9.2, of older and newer versions, of Debian
  /// and of macOS.
  private static final List<String> IGNORED =
      List.of(
          """
          addkeystoagent afstokenpassing applemultipath cipher clearallforwardings compression
          compressionlevel canonicalizepermittedcnames channeltimeout controlmaster controlpath
          controlpersist dynamicforward enableescapecommandline enablesshkeysign escapechar
          exitonforwardfailure fallbacktorsh fingerprinthash forkafterauthentication forwardagent
          forwardx11 forwardx11timeout forwardx11trusted gatewayports globalknownhostsfile2
          gssapiauthentication gssapiclientidentity gssapidelegatecredentials gssapikexalgorithms
          gssapikeyexchange gssapirenewalforcesrekey gssapiserveridentity gssapitrustdns
          hostbasedacceptedalgorithms hostbasedauthentication hostbasedkeytypes ipqos
          kbdinteractivedevices keepalive kerberosauthentication kerberostgtpassing localcommand
          localforward logfacility loglevel logverbose nohostauthenticationforlocalhost
          obscurekeystroketiming permitlocalcommand permitremoteopen pkcs11provider protocol
          protocolkeepalives proxyusefdpass rekeylimit remotecommand remoteforward requesttty
          rhostsauthentication rhostsrsaauthentication rsaauthentication
          securitykeyprovider sendenv sessiontype setenv setuptimeout smartcarddevice stdinnull
          streamlocalbindmask streamlocalbindunlink syslogfacility tcpkeepalive tunnel
          tunneldevice updatehostkeys useblacklistedkeys usekeychain useprivilegedport
          userknownhostsfile2 useroaming usersh verifyhostkeydns versionaddendum visualhostkey
          warnweakcrypto xauthlocation
          """
              .strip()
              .split("\\s+"));

  private static final Map<String, SshKey<?>> BY_NAME = byName();

  private Keywords() {}

  private static Map<String, SshKey<?>> byName() {
    var names = new HashMap<String, SshKey<?>>(OLD_NAMES);
    KEYS.forEach(key -> names.put(key.name().toLowerCase(Locale.ROOT), key));
    IGNORED.forEach(name -> names.put(name, SshKeys.IGNORED));
    return Map.copyOf(names);
  }

  /// @param lowerCase the keyword in lower case
  static Optional<SshKey<?>> find(String lowerCase) {
    return Optional.ofNullable(BY_NAME.get(lowerCase));
  }
}
