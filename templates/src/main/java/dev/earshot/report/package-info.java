/// The words for readers: one immutable [AuditReport], and a renderer for each format.
///
/// [ReportAssembly] makes the report; a renderer only lays out what is in it. Everything that any
/// format shows is in the report, and everything in the report is in its JSON.
@NullMarked
package dev.earshot.report;

import org.jspecify.annotations.NullMarked;
