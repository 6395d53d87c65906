/// How long the core takes; measured by `make bench`, not by tests.
@NullMarked
package dev.earshot.bench;

import org.jspecify.annotations.NullMarked;
