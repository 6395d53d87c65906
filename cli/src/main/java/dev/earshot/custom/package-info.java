/// Checks that admins write into `earshot.yml`: a [CustomDefinition] is what is written there, a
/// [DeclaredCheck] is it for the hosts of one audit. Conditions come from the admin; what hosts
/// answered is only ever a value in them, never a template.
@NullMarked
package dev.earshot.custom;

import org.jspecify.annotations.NullMarked;
