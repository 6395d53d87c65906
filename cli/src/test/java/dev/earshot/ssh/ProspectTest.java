package dev.earshot.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.ConnectException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Which connections that were not made are worth another attempt.
class ProspectTest {
  private static final SshTarget DB1 = SshTarget.of("db1", 22, "auditor");

  static Stream<Arguments> failures() {
    return Stream.of(
        Arguments.of(new ConnectException("Connection refused"), Prospect.UNREACHED),
        Arguments.of(new UnknownHostException("db1: Name or service not known"), Prospect.NONE),
        Arguments.of(
            new UnknownHostException("db1: Temporary failure in name resolution"),
            Prospect.UNREACHED),
        Arguments.of(new UnreachableException("a jump host is down"), Prospect.NONE));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void of_a_connection_that_was_not_made(Exception cause, Prospect prospect)
      throws UnreachableException {
    var failed = new UnreachableException("no way", new ExecutionException(cause));
    assertThat(Prospect.of(handshake(), failed)).isEqualTo(prospect);
  }

  private static Handshake handshake() throws UnreachableException {
    return new Handshake(
        new HostTrust(DB1, KnownHosts.read(List.of()), _ -> {}),
        Proposal.of(DB1),
        new Authentication(
            Credentials.DEFAULT,
            new UserKeys.Offer(List.of(), List.of()),
            List.of(),
            Deadline.in(Duration.ofSeconds(1))));
  }
}
