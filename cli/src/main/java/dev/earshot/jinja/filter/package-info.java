/// The filters and tests that expressions may name: Jinja2's own and those of Ansible, by family.
/// {@link dev.earshot.jinja.filter.Environment} calls them.
///
/// To add one, put it into the table of its family and a line into the expressions that are held
/// against the real Ansible.
@NullMarked
package dev.earshot.jinja.filter;

import org.jspecify.annotations.NullMarked;
