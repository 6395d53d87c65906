/// Opens what Ansible Vault has locked: whole files and single values.
///
/// Plain text that comes out of here is secret: it never reaches a log, a report or an argument
/// list, and no type here prints it.
@NullMarked
package dev.earshot.vault;

import org.jspecify.annotations.NullMarked;
