package dev.earshot.history;

import dev.earshot.evidence.FleetRecording;
import dev.earshot.report.AuditReport;

/// One audit, to be kept.
///
/// @param exit what the audit ends with
public record NewRun(Inventory inventory, AuditReport report, FleetRecording evidence, int exit) {}
