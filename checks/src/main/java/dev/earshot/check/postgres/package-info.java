/// What PostgreSQL promises and what that costs. One check a file.
@NullMarked
package dev.earshot.check.postgres;

import org.jspecify.annotations.NullMarked;
