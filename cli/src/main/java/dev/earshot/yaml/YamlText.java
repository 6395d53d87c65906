package dev.earshot.yaml;

import org.yaml.snakeyaml.nodes.NodeId;
import org.yaml.snakeyaml.nodes.Tag;

/// How Ansible's YAML reads text that stands without quotes.
public final class YamlText {

  private static final YamlResolver RESOLVER = new YamlResolver();

  private YamlText() {}

  /// True if the text stays text: `yes`, `1.5` and `2020-01-01` don't.
  public static boolean isPlainText(String text) {
    return RESOLVER.resolve(NodeId.scalar, text, true).equals(Tag.STR);
  }
}
