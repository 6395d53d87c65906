/// The report for a person at a terminal.
///
/// Read [TerminalRenderer] first; `terminal.ftl` has the order of things. Everything here makes
/// lines of text; nothing writes to a terminal or asks what it can do.
@NullMarked
package dev.earshot.report.terminal;

import org.jspecify.annotations.NullMarked;
