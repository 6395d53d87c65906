@NullMarked
package dev.earshot.evidence;

import org.jspecify.annotations.NullMarked;
