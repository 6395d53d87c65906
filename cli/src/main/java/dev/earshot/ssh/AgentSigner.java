package dev.earshot.ssh;

/// Signs with a private key that an agent keeps to itself.
///
/// @param deadline stands still meanwhile, because the agent may want a person to confirm it or to
///   touch something; for how long at most is up to [Agent.Patience]
record AgentSigner(Agent agent, HostKey half, Deadline deadline) implements UserKey.Signer {
  @Override
  public byte[] sign(String algorithm, byte[] data) throws KeyException, InterruptedException {
    try (var _ = deadline.standStill()) {
      return agent.sign(half, algorithm, data);
    } catch (AgentException e) {
      throw new KeyException("cannot be used, as the agent " + Text.of(e), e);
    }
  }
}
