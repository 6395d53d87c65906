package dev.earshot.ssh;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// A running ssh-agent: what keys it has, asked once in a run, and signatures with them.
final class Agent {
  private static final byte FAILURE = 5;
  private static final byte REQUEST_IDENTITIES = 11;
  private static final byte IDENTITIES_ANSWER = 12;
  private static final byte SIGN_REQUEST = 13;
  private static final byte SIGN_RESPONSE = 14;
  private static final int RSA_SHA2_256 = 2;
  private static final int RSA_SHA2_512 = 4;
  private static final int MOST_KEYS = 2048;

  private final AgentSocket socket;
  private final Patience patience;
  private final ReentrantLock listing = new ReentrantLock();
  private @Nullable List<Key> keys;
  private @Nullable AgentException trouble;

  /// How long to wait.
  ///
  /// @param listing for the list of keys
  /// @param signing for a signature, which a person may have to confirm or touch something for
  record Patience(Duration listing, Duration signing) {
    static final Patience DEFAULT = new Patience(Duration.ofSeconds(5), Duration.ofSeconds(30));
  }

  /// A key or certificate that the agent has.
  record Key(HostKey half, String comment) {}

  Agent(Path socket, Patience patience) {
    this.socket = new AgentSocket(socket);
    this.patience = patience;
  }

  /// The keys, in the agent's order.
  ///
  /// @throws AgentException if there are none to be had; the same one in the whole run, so that a
  ///   hanging agent is waited for once
  List<Key> keys() throws AgentException, InterruptedException {
    listing.lockInterruptibly();
    try {
      if (trouble != null) {
        throw trouble;
      }
      List<Key> known = keys;
      if (known == null) {
        known = parse(request(new byte[] {REQUEST_IDENTITIES}, patience.listing()));
        keys = known;
      }
      return known;
    } catch (AgentException e) {
      trouble = e;
      throw e;
    } finally {
      listing.unlock();
    }
  }

  /// A signature, with its algorithm in front.
  byte[] sign(HostKey key, String algorithm, byte[] data)
      throws AgentException, InterruptedException {
    byte[] blob = key.encoded();
    ByteBuffer request =
        ByteBuffer.allocate(1 + 3 * Integer.BYTES + blob.length + data.length)
            .put(SIGN_REQUEST)
            .putInt(blob.length)
            .put(blob)
            .putInt(data.length)
            .put(data)
            .putInt(
                algorithm.startsWith("rsa-sha2-512")
                    ? RSA_SHA2_512
                    : algorithm.startsWith("rsa-sha2-256") ? RSA_SHA2_256 : 0);
    ByteBuffer answer = request(request.array(), patience.signing());
    try {
      byte type = answer.get();
      if (type == SIGN_RESPONSE) {
        return requireSignature(string(answer), algorithm);
      }
    } catch (BufferUnderflowException e) {
      throw garbled(e);
    }
    throw new AgentException("does not sign with this key: it is locked, or refuses");
  }

  /// Old agents sign with SHA-1 whatever they are asked for, which servers refuse without a reason.
  private static byte[] requireSignature(byte[] signature, String algorithm) throws AgentException {
    String made = text(string(ByteBuffer.wrap(signature)));
    if (!made.equals(algorithm)) {
      throw new AgentException(
          "signs with %s where it should with %s".formatted(Text.oneLine(made), algorithm));
    }
    return signature;
  }

  private ByteBuffer request(byte[] message, Duration allowed)
      throws AgentException, InterruptedException {
    return socket.ask(ByteBuffer.wrap(message), allowed);
  }

  private static List<Key> parse(ByteBuffer answer) throws AgentException {
    try {
      byte type = answer.get();
      if (type == FAILURE) {
        throw new AgentException("does not list its keys");
      }
      int count = type == IDENTITIES_ANSWER ? answer.getInt() : -1;
      if (count < 0 || count > MOST_KEYS) {
        throw garbled(null);
      }
      List<Key> keys = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        byte[] blob = string(answer);
        String keyType = text(string(ByteBuffer.wrap(blob)));
        String base64 = Base64.getEncoder().encodeToString(blob);
        keys.add(new Key(HostKey.parse(keyType, base64), Text.oneLine(text(string(answer)))));
      }
      return List.copyOf(keys);
    } catch (BufferUnderflowException | IllegalArgumentException e) {
      throw garbled(e);
    }
  }

  private static AgentException garbled(@Nullable Exception cause) {
    return new AgentException("answers something that is not the agent protocol", cause);
  }

  private static byte[] string(ByteBuffer from) {
    int length = from.getInt();
    if (length < 0 || length > from.remaining()) {
      throw new BufferUnderflowException();
    }
    byte[] bytes = new byte[length];
    from.get(bytes);
    return bytes;
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
