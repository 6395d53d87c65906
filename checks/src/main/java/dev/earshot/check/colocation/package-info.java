/// Whether hosts that talk much stand near each other, and where the inventory says. One check a
/// file.
@NullMarked
package dev.earshot.check.colocation;

import org.jspecify.annotations.NullMarked;
