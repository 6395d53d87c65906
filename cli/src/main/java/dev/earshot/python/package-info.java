/// Values, literals and words as Python means them, because Ansible hands its inventories,
/// variables and templates to Python: what type `1_000` has, how `True` is printed, where a quoted
/// word ends, what `web[!a]*` matches.
///
/// Pure functions and immutable values. Nothing here knows of inventories, templates or files.
@NullMarked
package dev.earshot.python;

import org.jspecify.annotations.NullMarked;
