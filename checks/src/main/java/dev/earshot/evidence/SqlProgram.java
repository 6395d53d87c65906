package dev.earshot.evidence;

/// What a probe asks PostgreSQL, in psql's language: SQL, a line each, and of psql's own commands
/// `\echo`, `\if`, `\else`, `\endif`, `\gset` and `\connect`. The probe's command has psql run it
/// on the host; whoever is let in by the server can run it, too, and print the same.
///
/// @param statements run in the database that was connected to; empty where databases alone are
///   asked, which is [CommandResult#ABSENT] where none of them answers
/// @param databases SQL that lists the databases to ask one after the other, until one answers;
///   empty for none
/// @param ofDatabase run in each of those
/// @param denied what it means that a database answers `@denied`
public record SqlProgram(
    Probe<?> probe, String statements, String databases, String ofDatabase, String denied) {

  static SqlProgram of(Probe<?> probe, String statements) {
    return new SqlProgram(probe, statements, "", "", "");
  }
}
