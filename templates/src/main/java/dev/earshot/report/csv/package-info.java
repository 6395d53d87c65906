/// The round trips for a spreadsheet.
@NullMarked
package dev.earshot.report.csv;

import org.jspecify.annotations.NullMarked;
