/// The report as metrics for node_exporter's textfile collector.
@NullMarked
package dev.earshot.report.prometheus;

import org.jspecify.annotations.NullMarked;
