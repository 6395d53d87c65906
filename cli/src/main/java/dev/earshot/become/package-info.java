/// Running a program on a host as somebody else, as Ansible's `become` does, and saying in a
/// sentence why a host does not allow it.
///
/// Start with [Become][dev.earshot.become.Become], which says how, and
/// [Escalation][dev.earshot.become.Escalation], which does it. What the inventory says of it is
/// read elsewhere.
@NullMarked
package dev.earshot.become;

import org.jspecify.annotations.NullMarked;
