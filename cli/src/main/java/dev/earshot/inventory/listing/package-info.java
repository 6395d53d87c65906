/// Writes inventories as `ansible-inventory` does, byte for byte: JSON, YAML, the graph; and tells
/// where a variable comes from, which nothing else does.
///
/// Read [Listing] first. Everything here writes what it is given; nothing reads files or decides
/// which hosts are meant.
@NullMarked
package dev.earshot.inventory.listing;

import org.jspecify.annotations.NullMarked;
