/// Takes secrets out of what hosts print, before anything keeps, shows or judges it: begin with
/// [Redactor].
@NullMarked
package dev.earshot.redaction;

import org.jspecify.annotations.NullMarked;
