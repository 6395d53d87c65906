/// The report as one HTML file that needs no network: to be mailed, kept, and opened anywhere.
///
/// Read [HtmlRenderer] first; `html.ftl` has the order of things, `page.ftl` what an audit and a
/// plan share. Geometry is worked out here, so that the same report draws the same picture. Nothing
/// in the report can run: text is escaped, and the page's policy admits this style and this script
/// by their hashes, and nothing else.
@NullMarked
package dev.earshot.report.html;

import org.jspecify.annotations.NullMarked;
