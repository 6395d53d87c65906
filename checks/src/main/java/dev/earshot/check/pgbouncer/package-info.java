/// How PgBouncer fares, which lends PostgreSQL's connections to clients. One check a file.
@NullMarked
package dev.earshot.check.pgbouncer;

import org.jspecify.annotations.NullMarked;
