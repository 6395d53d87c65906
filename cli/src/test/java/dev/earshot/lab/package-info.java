/// The whole program against real peers, in the lab: network namespaces with OpenSSH, PostgreSQL
/// and HAProxy.
@NullMarked
package dev.earshot.lab;

import org.jspecify.annotations.NullMarked;
