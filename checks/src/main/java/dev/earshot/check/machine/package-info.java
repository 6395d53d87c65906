/// Whether the hosts themselves are fit. One check a file.
@NullMarked
package dev.earshot.check.machine;

import org.jspecify.annotations.NullMarked;
