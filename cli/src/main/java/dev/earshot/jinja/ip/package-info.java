/// Addresses and networks, read and written as Python's `netaddr` 0.8 does, and what Ansible's
/// `ipaddr` asks of them. {@link dev.earshot.jinja.ip.IpQuery} is the place to start.
@NullMarked
package dev.earshot.jinja.ip;

import org.jspecify.annotations.NullMarked;
