/// Audits that are kept: in a SQLite file, or in PostgreSQL for a team.
///
/// Start at [History]. [HistoryLocation] says where, [Schema] brings the tables up to date. Both
/// databases get the same statements; nothing here knows commands or prints.
@NullMarked
package dev.earshot.history;

import org.jspecify.annotations.NullMarked;
