/// Asks PostgreSQL itself, with its JDBC driver: directly, or through a host that is reached over
/// SSH. Begin with [PostgresSession].
///
/// What is asked stands in the core, in psql's language ([dev.earshot.evidence.SqlProgram]); what
/// comes back reads as if psql had printed it.
@NullMarked
package dev.earshot.postgres;

import org.jspecify.annotations.NullMarked;
