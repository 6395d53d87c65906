package dev.earshot.ssh;

import dev.earshot.ssh.Handshake.Phase;
import java.net.UnknownHostException;

/// Whether another attempt may end better than one that failed.
enum Prospect {
  /// It would end the same, or the user has shown something, which may count as an attack.
  NONE,
  /// There was no connection.
  UNREACHED,
  /// The host hung up, or said nothing, after it had accepted the connection.
  BROKEN_OFF,
  /// Something went wrong that goes well the next time. SSHD up to 2.20.0 now and then sends its
  /// first packets in the wrong order (GH-927), to which a server with strict key exchange answers
  /// by hanging up; or a person took long to find a passphrase, which is known now; or the
  /// connection to a jump host was lost, which can be made anew.
  MISHAP,
  /// The host hung up before it said anything. So do servers that are busy with other logins
  /// (`MaxStartups`), but also those that want nothing to do with us.
  TURNED_AWAY,
  /// The host said that it is busy with other logins.
  CROWDED;

  /// @param failed an attempt that ended without a connection
  static Prospect of(Handshake handshake, UnreachableException failed) {
    Throwable cause = failed.getCause();
    boolean settled =
        cause == null // said before anything was tried
            || (LoginTrouble.isCausedBy(cause, UnknownHostException.class)
                && !AddressLookup.mayPass(cause))
            || LoginTrouble.isCausedBy(cause, UnreachableException.class); // a host on the way
    if (settled) {
      return NONE;
    }
    if (handshake.lostJumpHost()) {
      return MISHAP;
    }
    return LoginTrouble.isHungUp(failed) ? TURNED_AWAY : UNREACHED;
  }

  /// @param trouble what ended an attempt that had a connection
  /// @param deadline of that attempt
  static Prospect of(Handshake handshake, Exception trouble, Deadline deadline) {
    if (handshake.refusal().isPresent()) {
      return NONE;
    }
    if (handshake.lostJumpHost()) {
      return MISHAP;
    }
    if (handshake.phase() == Phase.AUTHENTICATION) {
      return lostPatience(trouble, deadline) ? MISHAP : NONE;
    }
    if (LoginTrouble.isTimeout(trouble)) {
      return BROKEN_OFF;
    }
    if (handshake.phase() == Phase.GREETING) {
      return greeting(handshake, trouble);
    }
    if (LoginTrouble.isDisagreement(trouble)) {
      return NONE;
    }
    return handshake.hostKeySeen() ? BROKEN_OFF : MISHAP;
  }

  private static Prospect greeting(Handshake handshake, Exception trouble) {
    if (LoginTrouble.isNoSsh(trouble) || !handshake.proxyErrors().isBlank()) {
      return NONE;
    }
    if (LoginTrouble.isCrowded(handshake)) {
      return CROWDED;
    }
    // words are a decision: OpenSSH's PerSourcePenalties, a banner of some firewall
    return handshake.words().isEmpty() ? TURNED_AWAY : BROKEN_OFF;
  }

  private static boolean lostPatience(Exception trouble, Deadline deadline) {
    return deadline.wasPaused()
        && !deadline.passed()
        && !LoginTrouble.isTimeout(trouble)
        && !LoginTrouble.isTooMany(trouble)
        && !LoginTrouble.isRefusal(trouble);
  }
}
