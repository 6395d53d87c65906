package dev.earshot.ssh;

import dev.earshot.ssh.UserKey.Signer;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.sshd.client.auth.AbstractUserAuth;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.kex.extension.DefaultClientKexExtensionHandler;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;

/// The method `publickey` (RFC 4252, section 7): shows public halves, and signs only with a key
/// that the server would accept, so that nobody is asked for the passphrase of another.
final class PublicKeyLogin extends AbstractUserAuth {
  private final Deque<UserKey> waiting;
  private final Deque<Attempt> attempts = new ArrayDeque<>();
  private Optional<Attempt> current = Optional.empty();

  private record Attempt(UserKey key, HostKey half, String algorithm) {}

  PublicKeyLogin(Authentication authentication) {
    super(Authentication.PUBLIC_KEY);
    this.waiting = new ArrayDeque<>(authentication.keys());
  }

  @Override
  protected boolean sendAuthDataRequest(ClientSession session, String service) throws Exception {
    Authentication authentication = Handshake.authenticationOf(session);
    while (attempts.isEmpty()) {
      UserKey key = waiting.poll();
      if (key == null) {
        current = Optional.empty();
        return false;
      }
      attempts.addAll(attempts(key, session, authentication));
    }
    Attempt attempt = attempts.remove();
    current = Optional.of(attempt);
    authentication.show(attempt.key().shown());
    Buffer request = session.createBuffer(SshConstants.SSH_MSG_USERAUTH_REQUEST);
    put(request, session, service, attempt, false);
    session.writePacket(request);
    return true;
  }

  /// One for each signature algorithm that could do; a server that tells which it knows gets one.
  private static List<Attempt> attempts(
      UserKey key, ClientSession session, Authentication authentication)
      throws InterruptedException {
    HostKey half;
    try {
      half =
          key.half().isPresent()
              ? key.half().get()
              : key.holder().open(authentication.deadline()).half();
    } catch (KeyException e) {
      authentication.trouble(key.name() + " " + Text.of(e));
      return List.of();
    }
    List<String> algorithms =
        authentication.keyAlgorithms().stream()
            .filter(algorithm -> Algorithms.keyType(algorithm).equals(half.type()))
            .toList();
    Set<String> known = session.getAttribute(DefaultClientKexExtensionHandler.SERVER_ALGORITHMS);
    if (known != null && !known.isEmpty() && half.type().startsWith("ssh-rsa")) {
      algorithms =
          algorithms.stream()
              .filter(algorithm -> known.contains(Algorithms.withoutCertificate(algorithm)))
              .limit(1)
              .toList();
    }
    if (algorithms.isEmpty()) {
      authentication.trouble(
          "%s is of type %s, for which there is no signature algorithm that both sides allow"
              .formatted(key.name(), Text.oneLine(half.type())));
    }
    return algorithms.stream().map(algorithm -> new Attempt(key, half, algorithm)).toList();
  }

  @Override
  protected boolean processAuthDataRequest(ClientSession session, String service, Buffer buffer)
      throws Exception {
    int command = buffer.getUByte();
    Attempt attempt = current.orElse(null);
    if (command != SshConstants.SSH_MSG_USERAUTH_PK_OK || attempt == null) {
      throw new IOException("the server sent message " + command + " where it should decide");
    }
    buffer.getString(); // some servers answer with another algorithm's name
    if (!Arrays.equals(buffer.getBytes(), attempt.half().encoded())) {
      throw new IOException("the server accepts a key that it was not shown");
    }
    attempts.clear();
    Authentication authentication = Handshake.authenticationOf(session);
    try {
      sign(session, service, attempt, authentication);
      return true;
    } catch (KeyException e) {
      authentication.unsigned(attempt.key(), Text.of(e));
      return sendAuthDataRequest(session, service);
    }
  }

  private static void sign(
      ClientSession session, String service, Attempt attempt, Authentication authentication)
      throws KeyException, InterruptedException, IOException {
    Signer signer = attempt.key().holder().open(authentication.deadline());
    Buffer signed = new ByteArrayBuffer();
    signed.putBytes(session.getSessionId());
    signed.putByte(SshConstants.SSH_MSG_USERAUTH_REQUEST);
    put(signed, session, service, attempt, true);
    byte[] signature =
        signer.sign(Algorithms.withoutCertificate(attempt.algorithm()), signed.getCompactData());
    Buffer request = session.createBuffer(SshConstants.SSH_MSG_USERAUTH_REQUEST);
    put(request, session, service, attempt, true);
    request.putBytes(signature);
    session.writePacket(request);
  }

  private static void put(
      Buffer request, ClientSession session, String service, Attempt attempt, boolean signed) {
    request.putString(session.getUsername());
    request.putString(service);
    request.putString(Authentication.PUBLIC_KEY);
    request.putBoolean(signed);
    request.putString(attempt.algorithm());
    request.putBytes(attempt.half().encoded());
  }
}
