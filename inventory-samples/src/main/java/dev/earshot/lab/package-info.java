@NullMarked
package dev.earshot.lab;

import org.jspecify.annotations.NullMarked;
