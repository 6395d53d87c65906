/// The syntax of Jinja2 templates: from text to tokens to a tree. {@link
/// dev.earshot.jinja.syntax.TemplateParser} is the way in. Nothing here knows variables or values
/// beyond literals.
@NullMarked
package dev.earshot.jinja.syntax;

import org.jspecify.annotations.NullMarked;
