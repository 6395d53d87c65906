/// Reads Ansible's configuration: finds `ansible.cfg`, reads it as Python's `ConfigParser` does,
/// and says for every option that Earshot knows which value counts and who set it.
///
/// Everything means what ansible-core 2.14 means by it. Environment, working directory and home are
/// inputs. Options of the command line rank above all of this and don't live here.
///
/// Read [AnsibleConfig] first, then [Options], which is the table of what there is.
@NullMarked
package dev.earshot.config;

import org.jspecify.annotations.NullMarked;
