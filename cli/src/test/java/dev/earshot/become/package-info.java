@NullMarked
package dev.earshot.become;

import org.jspecify.annotations.NullMarked;
