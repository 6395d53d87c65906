package dev.earshot.ssh;

import java.security.PrivateKey;
import java.security.PublicKey;
import org.apache.sshd.common.NamedFactory;
import org.apache.sshd.common.config.keys.OpenSshCertificate;
import org.apache.sshd.common.session.SessionContext;
import org.apache.sshd.common.signature.Signature;
import org.jspecify.annotations.Nullable;

/// A signature by a key that a certificate is about. SSHD's group exchange checks it with the
/// certificate, where only the key in it will do.
record CertifiedSignature(Signature signature) implements Signature {

  /// Makes them.
  record Factory(NamedFactory<Signature> signatures) implements NamedFactory<Signature> {
    @Override
    public String getName() {
      return signatures.getName();
    }

    @Override
    public Signature create() {
      return new CertifiedSignature(signatures.create());
    }
  }

  @Override
  public void initVerifier(@Nullable SessionContext session, PublicKey key) throws Exception {
    signature.initVerifier(
        session, key instanceof OpenSshCertificate certificate ? certificate.getCertPubKey() : key);
  }

  @Override
  public void initSigner(@Nullable SessionContext session, PrivateKey key) throws Exception {
    signature.initSigner(session, key);
  }

  @Override
  public void update(@Nullable SessionContext session, byte[] bytes, int offset, int length)
      throws Exception {
    signature.update(session, bytes, offset, length);
  }

  @Override
  public boolean verify(@Nullable SessionContext session, byte[] bytes) throws Exception {
    return signature.verify(session, bytes);
  }

  @Override
  public byte[] sign(@Nullable SessionContext session) throws Exception {
    return signature.sign(session);
  }

  @Override
  public String getAlgorithm() {
    return signature.getAlgorithm();
  }

  @Override
  public String getSshAlgorithmName(String algorithm) {
    return signature.getSshAlgorithmName(algorithm);
  }
}
