/// The programs of the lab that brings a sample inventory to life on one machine: the wire between
/// its network namespaces, the backend that asks its database one short question after another, and
/// the sender that waits for each answer.
///
/// Three programs live here, each with its `main`: [dev.earshot.lab.Wire], which is the one to read
/// first, [dev.earshot.lab.ChattyBackend] and [dev.earshot.lab.SerialSender]. Namespaces, servers
/// and their configuration are the business of the shell script `inventory-samples/lab/lab`;
/// nothing of the audit itself may live here, and nothing in the other modules may depend on this
/// package.
@NullMarked
package dev.earshot.lab;

import org.jspecify.annotations.NullMarked;
