/// What nginx tells of its requests. One check a file.
@NullMarked
package dev.earshot.check.nginx;

import org.jspecify.annotations.NullMarked;
