package dev.earshot.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.vault.Vault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What counts for a host's connection where variables are templates.
class TemplateRenderingTest {

  private static final Map<String, String> ENVIRONMENT =
      Map.of("STAGE", "prod", "WILD", "{{ nowhere }}");

  @TempDir private Path folder;

  private Setting<String> setting(String value) throws IOException {
    var file =
        Files.writeString(
            folder.resolve("hosts.yml"),
            """
            all:
              vars: {net: 10.1.2, port_base: 2200, secret: hidden, loop: "{{ loop }}"}
              hosts:
                h1:
                  wanted: '%s'
                  number: 7
                h2: {inner: 192.168.0.9, outer: "{{ inner }}"}
              children:
                web: {hosts: {h1: , h2: }}
            """
                .formatted(value.replace("'", "''")));
    var inventory = InventoryReader.read(InventoryRequest.of(List.of(file))).inventory();
    var rendering = new TemplateRendering(inventory, Vault.withoutPassword(), ENVIRONMENT);
    return inventory.host("h1").orElseThrow().settings(rendering).text("wanted");
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = "=>",
      quoteCharacter = '`',
      value = {
        "{{ net }}.{{ number }} => 10.1.2.7",
        "{{ hostvars['h2'].outer }} => 192.168.0.9",
        "{{ hostvars.h2['inner'] | default('x') }} => 192.168.0.9",
        "{{ groups['web'] | last }} => h2",
        "{{ inventory_hostname }}.{{ group_names | first }} => h1.web",
        "{{ port_base + number }} => 2207",
        "{{ nowhere | default('fallback') }} => fallback",
        "plain => plain",
        "{{ lookup('env', 'STAGE') }}.{{ net }} => prod.10.1.2",
        "{{ lookup('ansible.builtin.env', 'NONE') | default(net, true) }} => 10.1.2",
        "{{ lookup('env', 'NONE', default='none') }} => none",
        "{{ lookup('env', 'STAGE', 'NONE') }} => prod,",
        "{{ lookup('env', 'WILD') }} => {{ nowhere }}",
      })
  void isWhatAnsibleWouldConnectWith(String template, String text) throws IOException {
    assertThat(setting(template).asOptional()).contains(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{{ lookup(net) }}",
        "{{ ansible_default_ipv4.address }}",
        "{{ net | no_such_filter }}",
        "{{ loop }}",
        "{{ net",
      })
  void whatCannotBeKnownIsAProblemWithItsLine(String template) throws IOException {
    assertThat(setting(template).complaint())
        .hasValueSatisfying(problem -> {
          assertThat(problem.isError()).isTrue();
          assertThat(problem.toString()).contains("hosts.yml:5", "wanted of h1", template);
        });
  }

  @Test
  void whatStandsBesideTheTagsOrInQuotesIsNotShown() throws IOException {
    assertThat(setting("hunter2{{ 'hunter2' ~ \"hunter2\" ~ nowhere }}hunter2").complaint())
        .hasValueSatisfying(problem ->
            assertThat(problem.toString())
                .contains("{{ '…' ~ '…' ~ nowhere }}")
                .doesNotContain("hunter2"));
  }

  @Test
  void aLockedValueIsNamedAndNotShown() throws IOException {
    var file =
        Files.writeString(
            folder.resolve("hosts.yml"),
            """
            all:
              hosts:
                h1:
                  wanted: !vault |
                    $ANSIBLE_VAULT;1.1;AES256
                    6162636465
                  other: "{{ wanted }}"
            """);
    var inventory = InventoryReader.read(InventoryRequest.of(List.of(file))).inventory();
    var settings =
        inventory
            .host("h1")
            .orElseThrow()
            .settings(new TemplateRendering(inventory, Vault.withoutPassword(), Map.of()));
    assertThat(settings.text("wanted").complaint())
        .hasValueSatisfying(problem ->
            assertThat(problem.toString())
                .contains("hosts.yml:4", "stays locked", "--vault-password-file")
                .doesNotContain("6162"));
    assertThat(settings.text("other").complaint())
        .hasValueSatisfying(
            problem -> assertThat(problem.toString()).contains("hosts.yml:7", "other of h1"));
  }
}
