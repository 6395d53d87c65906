package dev.earshot.jinja;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.inventory.AnsiblePeer;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Renders every template of `expressions.txt` here and with the real Ansible's own classes: equal
/// values of equal types, or a failure of both.
class JinjaSameAsAnsibleTest {

  @TempDir private Path empty;

  @BeforeAll
  static void ansibleIsInstalled() {
    AnsiblePeer.assumeInstalled("ansible-inventory");
  }

  @Test
  void renders_what_ansible_renders() throws Exception {
    var templates = TemplatePair.templates("expressions.txt");
    assertThat(templates).hasSizeGreaterThan(250);
    TemplatePair.assertSame(templates, empty);
  }
}
