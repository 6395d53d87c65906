/// What all formats share: options, the template engine, harmless text, figures as people read
/// them, and the choices of what to show (which part of the RTT matrix, which open questions).
///
/// Read [Renderer] first. Knows no single format; the formats are the packages beside it.
@NullMarked
package dev.earshot.report.layout;

import org.jspecify.annotations.NullMarked;
