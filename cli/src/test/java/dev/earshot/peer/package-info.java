/// The real Ansible and Earshot, asked the same questions side by side.
///
/// A case is a folder below `src/test/resources/inventory/cases`: the files of an inventory as a
/// user would have them, and a `case.yml` that says what to ask of it. Adding a case is adding a
/// folder. Random inventories that both read differently shrink to such a folder.
@NullMarked
package dev.earshot.peer;

import org.jspecify.annotations.NullMarked;
