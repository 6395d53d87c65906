/// How containers run: what they were made from, who can reach them, whether they stay up. One
/// check a file.
@NullMarked
package dev.earshot.check.container;

import org.jspecify.annotations.NullMarked;
