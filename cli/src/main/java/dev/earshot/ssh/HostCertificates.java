package dev.earshot.ssh;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.sshd.common.NamedFactory;
import org.apache.sshd.common.NamedResource;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.OpenSshCertificate;
import org.apache.sshd.common.signature.Signature;

/// What makes a certificate one of a host, whoever signed it.
final class HostCertificates {
  private HostCertificates() {}

  /// What is wrong with a certificate, to follow "a host certificate that", or nothing.
  ///
  /// @param name by which the host goes
  /// @param signatures that authorities may use, as `CASignatureAlgorithms` lists them
  static Optional<String> trouble(
      OpenSshCertificate certificate, String name, Optional<String> signatures) {
    if (certificate.getType() != OpenSshCertificate.Type.HOST) {
      return Optional.of("is one for users");
    }
    if (!OpenSshCertificate.isValidNow(certificate)) {
      return Optional.of("is not valid now: it has expired, or a clock is wrong");
    }
    Collection<String> principals = certificate.getPrincipals();
    String wanted = name.toLowerCase(Locale.ROOT);
    // one that names nobody is for all hosts, as with OpenSSH 9.2
    if (principals != null
        && !principals.isEmpty()
        && principals.stream().noneMatch(each -> Glob.matches(each, wanted))) {
      return Optional.of(
          "is not for this name: %s is not among its principals %s"
              .formatted(name, Text.oneLine(String.valueOf(principals))));
    }
    if (!certificate.getCriticalOptions().isEmpty()) {
      return Optional.of("has conditions that nobody here knows");
    }
    String algorithm = certificate.getSignatureAlgorithm();
    if (signatures.filter(wish -> !isAmong(algorithm, wish)).isPresent()) {
      return Optional.of(
          "is signed with %s, which CASignatureAlgorithms leaves out"
              .formatted(Text.oneLine(algorithm)));
    }
    return signed(certificate)
        ? Optional.empty()
        : Optional.of("is forged: its signature is wrong");
  }

  private static boolean isAmong(String algorithm, String wish) {
    List<String> usual = Algorithms.SIGNATURES.stream().map(NamedResource::getName).toList();
    return AlgorithmList.resolve(wish, usual, usual).contains(algorithm);
  }

  private static boolean signed(OpenSshCertificate certificate) {
    String algorithm = certificate.getSignatureAlgorithm();
    Signature signature = NamedFactory.create(Algorithms.SIGNATURES, algorithm);
    String authority = KeyUtils.getKeyType(certificate.getCaPubKey());
    if (signature == null || !Algorithms.keyType(algorithm).equals(authority)) {
      return false;
    }
    try {
      signature.initVerifier(null, certificate.getCaPubKey());
      signature.update(null, certificate.getMessage());
      return signature.verify(null, certificate.getSignature());
    } catch (Exception e) { // SSHD declares no less
      return false;
    }
  }
}
