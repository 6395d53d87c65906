@NullMarked
package dev.earshot.report;

import org.jspecify.annotations.NullMarked;
