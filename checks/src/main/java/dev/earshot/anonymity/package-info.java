/// Pseudonyms for what names a fleet: the same recording with other names, which is judged the same
/// and tells nobody whose it is.
///
/// Start at [Pseudonyms]. Recordings, and what is declared of them, go in and come out: nothing
/// here knows reports or files.
@NullMarked
package dev.earshot.anonymity;

import org.jspecify.annotations.NullMarked;
