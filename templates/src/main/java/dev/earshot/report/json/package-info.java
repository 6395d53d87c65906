/// The report for programs: `earshot.report/1` and its JSON Schema.
@NullMarked
package dev.earshot.report.json;

import org.jspecify.annotations.NullMarked;
