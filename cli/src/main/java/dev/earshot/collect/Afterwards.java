package dev.earshot.collect;

import dev.earshot.evidence.HostRecording;

/// What is asked once all hosts have answered, where they left something open. What comes of it is
/// kept as one more answer of the host, so that it replays.
interface Afterwards {

  /// Whether there is anything to ask of this host.
  boolean concerns(Target target);

  /// What the host answered before, and this.
  HostRecording ask(Target target, HostRecording recording);
}
