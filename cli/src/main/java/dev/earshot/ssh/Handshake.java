package dev.earshot.ssh;

import dev.earshot.ssh.HostTrust.Judgement;
import java.net.SocketAddress;
import java.security.PublicKey;
import java.util.List;
import java.util.Optional;
import org.apache.sshd.client.keyverifier.ServerKeyVerifier;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.AttributeRepository;
import org.apache.sshd.common.AttributeRepository.AttributeKey;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.session.SessionListener;

/// How far one attempt at one host has come. Travels with the connection, so that the one client of
/// the audit asks each server for the host key known for it, checks it, and shows the user's keys.
final class Handshake implements ServerKeyVerifier {
  private static final AttributeKey<Handshake> KEY = new AttributeKey<>();

  /// Tells each session's handshake what happens to it.
  static final SessionListener LISTENER =
      new SessionListener() {
        @Override
        public void sessionCreated(Session session) {
          of(session)
              .ifPresent(handshake -> {
                handshake.milestones.connected();
                handshake.prepare((ClientSession) session);
              });
        }

        @Override
        public void sessionPeerIdentificationLine(
            Session session, String line, List<String> earlier) {
          of(session)
              .ifPresent(
                  handshake -> handshake.words = earlier.isEmpty() ? line : earlier.getFirst());
        }

        @Override
        public void sessionPeerIdentificationReceived(
            Session session, String version, List<String> extraLines) {
          of(session).ifPresent(handshake -> handshake.phase = Phase.KEY_EXCHANGE);
        }

        @Override
        public void sessionEvent(Session session, Event event) {
          if (event == Event.KeyEstablished) {
            of(session)
                .ifPresent(handshake -> {
                  handshake.milestones.keyed();
                  handshake.phase = Phase.AUTHENTICATION;
                });
          } else if (event == Event.Authenticated) {
            of(session).ifPresent(handshake -> handshake.milestones.authenticated());
          }
        }
      };

  /// What the client waits for.
  enum Phase {
    GREETING,
    KEY_EXCHANGE,
    AUTHENTICATION
  }

  private final HostTrust trust;
  private final Proposal proposal;
  private final Authentication authentication;
  private final Milestones milestones = new Milestones();
  private volatile Phase phase = Phase.GREETING;
  private volatile String words = "";
  private volatile boolean hostKeySeen;
  private volatile boolean silence;
  private volatile Optional<String> refusal = Optional.empty();
  private volatile Optional<ProcessPipe> proxy = Optional.empty();
  private volatile Optional<ClientSession> jumpHost = Optional.empty();

  Handshake(HostTrust trust, Proposal proposal, Authentication authentication) {
    this.trust = trust;
    this.proposal = proposal;
    this.authentication = authentication;
  }

  AttributeRepository asContext() {
    return AttributeRepository.ofKeyValuePair(KEY, this);
  }

  /// What there is to show the server at the other end.
  static Authentication authenticationOf(Session session) {
    return of(session)
        .orElseThrow(() -> new IllegalStateException("every session has a handshake"))
        .authentication;
  }

  Authentication authentication() {
    return authentication;
  }

  /// What convinced the server, once it has let the user in: what it was shown last.
  String login() {
    List<String> shown = authentication.shown();
    return shown.isEmpty() ? "nothing" : shown.getLast();
  }

  Milestones milestones() {
    return milestones;
  }

  Phase phase() {
    return phase;
  }

  /// The first line that the server sent instead of a greeting, or nothing.
  String words() {
    return words;
  }

  boolean hostKeySeen() {
    return hostKeySeen;
  }

  /// The server let us in, and then said nothing more.
  void followWithSilence() {
    silence = true;
  }

  boolean followedBySilence() {
    return silence;
  }

  /// The connection goes through this program.
  void through(ProcessPipe program) {
    proxy = Optional.of(program);
  }

  /// The connection goes over this one to a jump host.
  void over(ClientSession bastion) {
    jumpHost = Optional.of(bastion);
  }

  /// Whether the connection to the jump host was lost, and this one with it.
  boolean lostJumpHost() {
    return jumpHost.map(session -> !session.isOpen()).orElse(false);
  }

  /// Whether it was lost because the jump host said nothing any more.
  boolean silentJumpHost() {
    return jumpHost.map(WatchedConnection::fellSilent).orElse(false);
  }

  /// What the program that leads to the host complained about.
  String proxyErrors() {
    return proxy.map(ProcessPipe::errors).orElse("");
  }

  /// Why we want nothing to do with the host, if so.
  Optional<String> refusal() {
    return refusal;
  }

  /// Remembers that we don't.
  ///
  /// @param reason follows the host's name in a sentence
  void refuse(String reason) {
    refusal = Optional.of(trust.target().endpoint() + " " + reason);
  }

  @Override
  public boolean verifyServerKey(ClientSession session, SocketAddress address, PublicKey key) {
    Judgement judgement = trust.judge(key, address);
    if (!judgement.safe()) {
      authentication.withholdPasswords();
    }
    refusal = judgement.refusal();
    hostKeySeen = true;
    return refusal.isEmpty();
  }

  private void prepare(ClientSession session) {
    session.setServerKeyVerifier(this);
    proposal.to(session, trust.known());
  }

  static Optional<Handshake> of(Session session) {
    return session instanceof ClientSession client
        ? Optional.ofNullable(client.getConnectionContext())
            .flatMap(context -> Optional.ofNullable(context.getAttribute(KEY)))
        : Optional.empty();
  }
}
