/// Opens what Ansible Vault has locked, whole files and single values, and gets the passwords for
/// it from files, programs and people.
///
/// Plain text that comes out of here is secret, and so are passwords: they never reach a log, a
/// report, an argument list or an environment, and no type here prints them. Nothing here knows of
/// inventories.
///
/// Read [Vault] first, then [VaultPasswords].
@NullMarked
package dev.earshot.vault;

import org.jspecify.annotations.NullMarked;
