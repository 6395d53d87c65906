/// Reads Ansible inventories: INI and YAML sources, host lists, directories of them, `group_vars/`
/// and `host_vars/` beside them, and the patterns that choose hosts.
///
/// Everything means what ansible-core 2.14 means by it; where Ansible warns and goes on, so does
/// this package, and where Ansible gives up on a file, all of that file's errors are reported
/// together. Nothing here opens a connection; a program is run only where the inventory itself is
/// one. What is encrypted opens through [dev.earshot.vault.Vault].
///
/// Read [InventoryReader] first, then [Inventory] and [HostPattern].
@NullMarked
package dev.earshot.inventory;

import org.jspecify.annotations.NullMarked;
