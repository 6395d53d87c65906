package dev.earshot.evidence;

import java.util.Optional;

/// Something that could not be asked: of a whole host, or of one probe on it. Not a finding: it
/// says nothing about the host's state, only that we do not know it.
public record Trouble(HostName host, Optional<String> probe, String reason) {}
