package dev.earshot.ssh;

import java.util.Optional;

/// Says why a connection is no more, as far as that is known: the host, or the jump host on the way
/// there, fell silent or went away.
record Loss(SshTarget target, Handshake handshake) {

  Optional<String> reason() {
    if (handshake.followedBySilence()) {
      return Optional.of(
          "%s fell silent: nothing came from it%s for %s, so it is frozen, or the network between is gone"
              .formatted(target.endpoint(), through(target), silence(target)));
    }
    if (target.way() instanceof Way.Jump(SshTarget bastion) && handshake.lostJumpHost()) {
      return Optional.of(
          handshake.silentJumpHost()
              ? "the jump host %s fell silent on the way to %s: nothing came from it for %s, so it is frozen, or the network between is gone"
                  .formatted(bastion.endpoint(), target.endpoint(), silence(bastion))
              : "the connection to the jump host %s was lost on the way to %s"
                  .formatted(bastion.endpoint(), target.endpoint()));
    }
    return Optional.empty();
  }

  /// To follow a verb.
  static String through(SshTarget target) {
    return switch (target.way()) {
      case Way.Direct _ -> "";
      case Way.Jump(SshTarget bastion) -> " through the jump host " + bastion.endpoint();
      case Way.Command _ -> " through its ProxyCommand";
    };
  }

  private static String silence(SshTarget silent) {
    return Text.seconds(silent.patience().silence());
  }
}
