/// The list of all report formats, the one place that knows them all. Nothing else may live here.
@NullMarked
package dev.earshot.report.format;

import org.jspecify.annotations.NullMarked;
