/// The report as GitHub-flavoured Markdown, to be kept with documentation: the same from run to run
/// apart from what was measured, and as Prettier would set it.
///
/// Read [MarkdownRenderer] first; `markdown.ftl` has the order of things.
@NullMarked
package dev.earshot.report.markdown;

import org.jspecify.annotations.NullMarked;
