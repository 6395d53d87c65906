/// What a host's variables, the command line, `ansible.cfg` and OpenSSH's configuration together
/// say about the way to it: whom Ansible's `ssh` would log in as, where, through what, and whom it
/// would become there.
///
/// Nothing here connects. Ansible's part ends in the arguments that it would give to `ssh`
/// ([AnsibleSsh]); what `ssh` makes of them is [SshTargets]. Read [Connections] first.
@NullMarked
package dev.earshot.connection;

import org.jspecify.annotations.NullMarked;
