/// What Jinja2 expressions work on, and Python's operators on it: arithmetic, comparison, text
/// forms, formats, regular expressions. {@link dev.earshot.jinja.runtime.Obj} is the type to read
/// first.
///
/// What would be a wrong answer is a {@link dev.earshot.jinja.runtime.Failure} instead. Work is
/// bounded by a {@link dev.earshot.jinja.runtime.Budget}.
@NullMarked
package dev.earshot.jinja.runtime;

import org.jspecify.annotations.NullMarked;
