/// Tests of the way to hosts against real servers: Apache SSHD in this process, OpenSSH where it is
/// installed, and hostile ones. Start with [SshServerFixture][dev.earshot.ssh.SshServerFixture].
@NullMarked
package dev.earshot.ssh;

import org.jspecify.annotations.NullMarked;
