package dev.earshot.ssh;

import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.sshd.client.kex.DHGEXClient;
import org.apache.sshd.common.BuiltinFactory;
import org.apache.sshd.common.NamedFactory;
import org.apache.sshd.common.cipher.BuiltinCiphers;
import org.apache.sshd.common.cipher.Cipher;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.kex.BuiltinDHFactories;
import org.apache.sshd.common.kex.DHFactory;
import org.apache.sshd.common.kex.KeyExchangeFactory;
import org.apache.sshd.common.mac.BuiltinMacs;
import org.apache.sshd.common.mac.Mac;
import org.apache.sshd.common.signature.BuiltinSignatures;
import org.apache.sshd.common.signature.Signature;

/// What Earshot proposes to servers, best first. CBC is left out, and SHA-1 but for message
/// authentication, where OpenSSH still proposes it; sntrup761 comes last because it costs some
/// thirty times the CPU of ML-KEM and as much security.
final class Algorithms {
  static final List<KeyExchangeFactory> KEY_EXCHANGES =
      keyExchanges(
          List.of(
              BuiltinDHFactories.mlkem768x25519,
              BuiltinDHFactories.curve25519,
              BuiltinDHFactories.curve25519_libssh,
              BuiltinDHFactories.ecdhp256,
              BuiltinDHFactories.ecdhp384,
              BuiltinDHFactories.ecdhp521,
              BuiltinDHFactories.dhgex256,
              BuiltinDHFactories.dhg16_512,
              BuiltinDHFactories.dhg18_512,
              BuiltinDHFactories.dhg14_256,
              BuiltinDHFactories.sntrup761x25519,
              BuiltinDHFactories.sntrup761x25519_openssh));

  /// With those that are only used where somebody asks for them.
  static final List<KeyExchangeFactory> ALL_KEY_EXCHANGES =
      keyExchanges(List.copyOf(BuiltinDHFactories.VALUES));

  static final List<NamedFactory<Cipher>> ALL_CIPHERS =
      supported(
          BuiltinCiphers.VALUES.stream().filter(cipher -> cipher != BuiltinCiphers.none).toList());

  static final List<NamedFactory<Mac>> ALL_MACS = supported(List.copyOf(BuiltinMacs.VALUES));

  static final List<NamedFactory<Signature>> ALL_SIGNATURES =
      signatures(List.copyOf(BuiltinSignatures.VALUES));

  static final List<NamedFactory<Cipher>> CIPHERS =
      supported(
          List.of(
              BuiltinCiphers.cc20p1305_openssh,
              BuiltinCiphers.aes128gcm,
              BuiltinCiphers.aes256gcm,
              BuiltinCiphers.aes128ctr,
              BuiltinCiphers.aes192ctr,
              BuiltinCiphers.aes256ctr));

  static final List<NamedFactory<Mac>> MACS =
      supported(
          List.of(
              BuiltinMacs.hmacsha256etm,
              BuiltinMacs.hmacsha512etm,
              BuiltinMacs.hmacsha256,
              BuiltinMacs.hmacsha512,
              BuiltinMacs.hmacsha1etm,
              BuiltinMacs.hmacsha1));

  static final List<NamedFactory<Signature>> SIGNATURES =
      signatures(
          List.of(
              BuiltinSignatures.ed25519,
              BuiltinSignatures.nistp256,
              BuiltinSignatures.nistp384,
              BuiltinSignatures.nistp521,
              BuiltinSignatures.rsaSHA512,
              BuiltinSignatures.rsaSHA256,
              BuiltinSignatures.ed25519_cert,
              BuiltinSignatures.nistp256_cert,
              BuiltinSignatures.nistp384_cert,
              BuiltinSignatures.nistp521_cert,
              BuiltinSignatures.rsaSHA512_cert,
              BuiltinSignatures.rsaSHA256_cert));

  private static final String CERTIFICATE = "-cert-v01@openssh.com";

  private static final List<String> HARDWARE_SIGNATURES =
      List.of(
          "sk-ssh-ed25519@openssh.com",
          "sk-ecdsa-sha2-nistp256@openssh.com",
          "sk-ssh-ed25519-cert-v01@openssh.com",
          "sk-ecdsa-sha2-nistp256-cert-v01@openssh.com");

  private Algorithms() {}

  /// Earshot's own signatures, and those that only agents make, with keys in hardware.
  static List<String> publicKeys() {
    return Stream.concat(
            SIGNATURES.stream().map(NamedFactory::getName), HARDWARE_SIGNATURES.stream())
        .toList();
  }

  /// With those that are only used where somebody asks for them.
  static List<String> allPublicKeys() {
    return Stream.concat(
            ALL_SIGNATURES.stream().map(NamedFactory::getName), HARDWARE_SIGNATURES.stream())
        .toList();
  }

  /// The type of the keys or certificates that a signature algorithm is for.
  static String keyType(String algorithm) {
    String plain = withoutCertificate(algorithm);
    String type = plain.startsWith("rsa-sha2-") ? "ssh-rsa" : plain;
    return algorithm.endsWith(CERTIFICATE) ? type.replace("@openssh.com", "") + CERTIFICATE : type;
  }

  /// The algorithm by which a key signs of which there may be a certificate.
  static String withoutCertificate(String algorithm) {
    return algorithm.endsWith(CERTIFICATE)
        ? algorithm.substring(0, algorithm.length() - CERTIFICATE.length())
            + (algorithm.startsWith("sk-") ? "@openssh.com" : "")
        : algorithm;
  }

  /// The signatures in the order in which to ask a server for its host key: first those that
  /// known_hosts can confirm. Otherwise a server known by its ECDSA key would show its Ed25519 key
  /// and be taken for an impostor.
  ///
  /// @param allowed those to choose from
  /// @param certified whether known_hosts has a certification authority for the host
  /// @param knownTypes types of the keys that known_hosts has for it, such as `ssh-rsa`
  static List<NamedFactory<Signature>> hostKeySignatures(
      List<NamedFactory<Signature>> allowed, boolean certified, Set<String> knownTypes) {
    Predicate<NamedFactory<Signature>> certificate =
        signature -> KeyUtils.isCertificateAlgorithm(signature.getName());
    Predicate<NamedFactory<Signature>> known =
        signature -> knownTypes.contains(KeyUtils.getCanonicalKeyType(signature.getName()));
    return allowed.stream()
        .sorted(
            Comparator.comparingInt(signature ->
                certified && certificate.test(signature) ? 0 : known.test(signature) ? 1 : 2))
        .toList();
  }

  private static List<KeyExchangeFactory> keyExchanges(List<? extends DHFactory> wanted) {
    return wanted.stream()
        .filter(DHFactory::isSupported)
        .<KeyExchangeFactory>map(factory ->
            factory.isGroupExchange()
                ? DHGEXClient.newFactory(factory)
                : new EarshotKeyExchange.Factory(factory))
        .toList();
  }

  private static List<NamedFactory<Signature>> signatures(List<BuiltinSignatures> wanted) {
    return supported(wanted).stream()
        .<NamedFactory<Signature>>map(factory ->
            KeyUtils.isCertificateAlgorithm(factory.getName())
                ? new CertifiedSignature.Factory(factory)
                : factory)
        .toList();
  }

  private static <T> List<NamedFactory<T>> supported(List<? extends BuiltinFactory<T>> wanted) {
    return wanted.stream()
        .filter(BuiltinFactory::isSupported)
        .<NamedFactory<T>>map(factory -> factory)
        .toList();
  }
}
