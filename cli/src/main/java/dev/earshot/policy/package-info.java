/// `earshot.yml`: what an admin declares of a fleet, and how it is to be judged. [PolicyFile] reads
/// it, and tells what it means for the hosts of an audit. Nothing here asks a host.
@NullMarked
package dev.earshot.policy;

import org.jspecify.annotations.NullMarked;
