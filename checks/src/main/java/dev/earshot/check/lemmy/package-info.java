/// What only Lemmy has: releases and their schema, and a queue for each instance that it sends to.
/// One check a file.
@NullMarked
package dev.earshot.check.lemmy;

import org.jspecify.annotations.NullMarked;
