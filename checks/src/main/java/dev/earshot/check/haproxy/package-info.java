/// How HAProxy fares: its servers, its limits, its way to them, its errors. One check a file.
@NullMarked
package dev.earshot.check.haproxy;

import org.jspecify.annotations.NullMarked;
