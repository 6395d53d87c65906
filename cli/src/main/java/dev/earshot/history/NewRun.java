package dev.earshot.history;

import dev.earshot.evidence.FleetRecording;
import dev.earshot.recording.Judging;
import dev.earshot.report.AuditReport;

/// One audit, to be kept.
///
/// @param judging what was said of how to judge it
/// @param exit what the audit ends with
public record NewRun(
    Inventory inventory, AuditReport report, FleetRecording evidence, Judging judging, int exit) {}
