package dev.earshot.collect;

import dev.earshot.evidence.HostName;
import dev.earshot.evidence.HostRecording;

/// How far collecting has come; told from any thread.
public sealed interface Step {

  /// A host's turn has come: it is being reached and logged in to.
  record Called(HostName host) implements Step {}

  /// A host has let us in, and answers.
  record Answering(HostName host) implements Step {}

  /// A host is finished.
  record Finished(HostRecording recording) implements Step {}

  /// All hosts are, and the SSH servers of some are asked for the round trips that are missing.
  record Timing(int hosts) implements Step {}
}
