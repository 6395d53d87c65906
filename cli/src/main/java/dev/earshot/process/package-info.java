/// Other programs that Earshot runs on this machine, as a whole with what they start.
@NullMarked
package dev.earshot.process;

import org.jspecify.annotations.NullMarked;
