package dev.earshot.ssh;

import java.security.KeyPair;
import org.apache.sshd.common.NamedFactory;
import org.apache.sshd.common.signature.Signature;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;

/// Signs with a private key that was read from a file.
final class FileSigner implements UserKey.Signer {
  private final KeyPair keyPair;

  FileSigner(KeyPair keyPair) {
    this.keyPair = keyPair;
  }

  @Override
  public HostKey half() {
    return HostKey.of(keyPair.getPublic());
  }

  @Override
  public byte[] sign(String algorithm, byte[] data) throws KeyException {
    Signature signature = NamedFactory.create(Algorithms.ALL_SIGNATURES, algorithm);
    if (signature == null) {
      throw new KeyException("is of a type that Earshot cannot sign with: " + algorithm);
    }
    try {
      signature.initSigner(null, keyPair.getPrivate());
      signature.update(null, data);
      var encoded = new ByteArrayBuffer();
      encoded.putString(algorithm);
      encoded.putBytes(signature.sign(null));
      return encoded.getCompactData();
    } catch (Exception e) { // SSHD declares no less
      throw new KeyException("cannot be signed with: " + Text.of(e), e);
    }
  }
}
