package dev.earshot.check;

/// A check's entry in the catalogue.
///
/// @param id stable, `subject.good-thing`
/// @param title the good state, as a sentence
/// @param severity of the worst failure
/// @param why what goes wrong otherwise, for somebody who is no expert
/// @param card what else there is to know of it
public record CheckInfo(String id, String title, Severity severity, String why, Card card) {}
