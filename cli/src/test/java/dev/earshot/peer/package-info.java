/// Asks the real Ansible on this machine, for tests of every package.
@NullMarked
package dev.earshot.peer;

import org.jspecify.annotations.NullMarked;
