/// The list of all checks, the one place that knows them all. Nothing else may live here.
@NullMarked
package dev.earshot.catalogue;

import org.jspecify.annotations.NullMarked;
