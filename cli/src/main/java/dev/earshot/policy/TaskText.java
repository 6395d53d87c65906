package dev.earshot.policy;

import java.io.StringWriter;
import java.util.Optional;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.SequenceNode;

/// Tasks of Ansible's as a playbook has them. They are written out anew, so that whatever the file
/// does with anchors and indentation, they stay tasks of one play.
final class TaskText {

  private TaskText() {}

  /// Nothing where they are no tasks, which is told.
  static Optional<String> of(Item item, SequenceNode tasks) {
    for (Item task : item.list()) {
      if (!(task.node() instanceof MappingNode)) {
        task.wrong("has to be a task of Ansible's", "write 'name:' and a module below the dash");
        return Optional.empty();
      }
    }
    DumperOptions options = new DumperOptions();
    options.setDefaultFlowStyle(FlowStyle.BLOCK);
    options.setSplitLines(false);
    options.setWidth(Integer.MAX_VALUE);
    StringWriter text = new StringWriter();
    try {
      new Yaml(options).serialize((Node) tasks, text);
    } catch (YAMLException unwritable) {
      item.wrong("can't be written into a playbook", "write the tasks without aliases");
      return Optional.empty();
    }
    return Optional.of(text.toString());
  }
}
