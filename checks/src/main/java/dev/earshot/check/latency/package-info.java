/// Whether the paths of requests are fast and clean enough. One check a file.
@NullMarked
package dev.earshot.check.latency;

import org.jspecify.annotations.NullMarked;
