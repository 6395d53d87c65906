/// The report for what shows the results of static analysis, beside the inventory's lines.
@NullMarked
package dev.earshot.report.sarif;

import org.jspecify.annotations.NullMarked;
