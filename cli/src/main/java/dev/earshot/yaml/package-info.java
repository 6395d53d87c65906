/// YAML as PyYAML reads it: what SnakeYAML sees differently is mended here. {@link
/// dev.earshot.yaml.YamlComposer} makes nodes of text, and {@link dev.earshot.yaml.YamlScalar}
/// values of nodes. Nothing here knows what the text is about.
@NullMarked
package dev.earshot.yaml;

import org.jspecify.annotations.NullMarked;
