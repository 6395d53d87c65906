/// Jinja2 as Ansible uses it: renders what an inventory's variables say between `{{` and `}}`.
/// {@link dev.earshot.jinja.Template} and {@link dev.earshot.jinja.Condition} are the way in, over
/// a {@link dev.earshot.jinja.Scope}.
///
/// Strict: whatever is not known here (a lookup, a filter, a statement) is an error, never a wrong
/// value. Hostile templates end in bounded time and memory. Nothing here reads files or the
/// environment, or knows what a host is.
@NullMarked
package dev.earshot.jinja;

import org.jspecify.annotations.NullMarked;
