/// What a release holds of others, told by name, version and licence. Only the build runs it; no
/// other package may use it. Read [Bill] first.
@NullMarked
package dev.earshot.dist;

import org.jspecify.annotations.NullMarked;
