/// OpenSSH's client configuration, by OpenSSH's own rules: what `~/.ssh/config`, the machine's file
/// and a command line say about one host. Earshot reads it by itself; `ssh -G` is only the peer in
/// the tests.
///
/// Nothing here connects to anything or knows of inventories. The rules are those of OpenSSH 9.2,
/// with the criteria of `Match` that 10.0 has; other keywords that only newer versions know are
/// accepted and mean nothing.
///
/// Read [SshConfig] first, then [SshOptions] and [SshKeys].
@NullMarked
package dev.earshot.sshconfig;

import org.jspecify.annotations.NullMarked;
