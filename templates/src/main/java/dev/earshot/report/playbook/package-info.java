/// The remedies as one Ansible playbook.
@NullMarked
package dev.earshot.report.playbook;

import org.jspecify.annotations.NullMarked;
