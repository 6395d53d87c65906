@NullMarked
package dev.earshot.history;

import org.jspecify.annotations.NullMarked;
