/// Running one program on one host, over SSH or here, within bounds, and saying in a sentence what
/// stood in the way.
///
/// Start with [HostShell][dev.earshot.ssh.HostShell]; [SshTransport][dev.earshot.ssh.SshTransport]
/// makes one for a host behind SSH. What the program asks and what its answers mean is not known
/// here, and nothing here reads an inventory: this package depends on no other of Earshot's.
@NullMarked
package dev.earshot.ssh;

import org.jspecify.annotations.NullMarked;
