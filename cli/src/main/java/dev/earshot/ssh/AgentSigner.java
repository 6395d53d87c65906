package dev.earshot.ssh;

/// Signs with a private key that an agent keeps to itself.
record AgentSigner(Agent agent, HostKey half) implements UserKey.Signer {
  @Override
  public byte[] sign(String algorithm, byte[] data) throws KeyException, InterruptedException {
    try {
      return agent.sign(half, algorithm, data);
    } catch (AgentException e) {
      throw new KeyException("cannot be used, as the agent " + Text.of(e), e);
    }
  }
}
