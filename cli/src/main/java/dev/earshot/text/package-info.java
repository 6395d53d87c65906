/// Text on its way to people, and from them. Pure functions; nothing here knows where a text comes
/// from.
@NullMarked
package dev.earshot.text;

import org.jspecify.annotations.NullMarked;
