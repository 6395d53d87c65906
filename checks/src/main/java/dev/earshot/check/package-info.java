/// The rules: what is good, how bad it is otherwise, and how to mend it.
///
/// A [Check] turns a [Fleet] into [Finding]s and touches nothing else. To add one: a class in the
/// package of its subject, its test, and a line in `dev.earshot.catalogue.Checks`.
@NullMarked
package dev.earshot.check;

import org.jspecify.annotations.NullMarked;
