package dev.earshot.jinja;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.earshot.python.Value;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What must be an error: what isn't known, what can't be opened, and what would never end.
class StrictTemplateTest {

  private static final Scope SCOPE =
      MapScope.of(
          Map.of(
              "secret",
              "hunter2",
              "a",
              "{{ b }}",
              "b",
              "{{ a }}",
              "xs",
              "x".repeat(40),
              "wild",
              new Value.Text("{{ secret }}", true),
              "locked",
              new Value.Vaulted("$ANSIBLE_VAULT;1.1;AES256")));

  private static String complaint(String template) {
    return Assertions.assertThrows(
            TemplateException.class, () -> Template.parse(template).render(SCOPE))
        .getMessage();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {{ lookup('file', 'x') }}    | the lookup file is not supported
          {{ query('env', 'HOME') }}   | query is not supported
          {{ now() }}                  | now is not supported
          {% include 'x' %}            | the statement include is not supported
          {{ nope }}                   | 'nope' is undefined
          {{ a }}                      | 'a' is recursive: its value leads back to it
          {{ locked }}                 | 'locked' can't be read: it is encrypted with Ansible Vault
          {{ secret.__class__ }}       | the attribute __class__ is not supported
          {{ secret.encode() }}        | the method encode of a str is not supported
          {{ secret is exists }}       | the test exists is not known
          {{ {'k': 1}.nope }}          | 'dict object' has no attribute 'nope'
          {{ [1].append(2) }}          | the method append of a list is not supported
          """)
  void names_what_it_does_not_know(String template, String message) {
    assertThat(complaint(template)).isEqualTo(message);
  }

  @Test
  void an_unknown_filter_is_an_error_even_where_it_is_not_reached() {
    assertThat(complaint("{% if false %}{{ secret |" + " json_query('x') }}{% endif %}"))
        .isEqualTo("the filter json_query is not known");
    assertThat(complaint("{{ secret |" + " random }}")).isEqualTo("the filter random is not known");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{{ secret + 1 }}",
        "{{ {'k': 1}[secret] }}",
        "{{ secret is version('1', '>', strict=true) }}",
        "{{ secret.index('zz') }}",
      })
  void messages_do_not_show_values(String template) {
    assertThat(complaint(template)).doesNotContain("hunter2");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{{ 'x' * 10**9 }}",
        "{{ [1] * 10**9 }}",
        "{{ range(10**9) }}",
        "{{ 2 ** (10 ** 9) }}",
        "{{ '%999999999d' % 1 }}",
        "{{ 'x'.zfill(10**9) }}",
        "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}",
        "{% set ns = namespace(s='xxxxxxxx') %}"
            + "{% for i in range(99) %}{% set ns.s = ns.s + ns.s %}{% endfor %}",
      })
  void hostile_templates_end_soon(String template) {
    Assertions.assertTimeout(Duration.ofSeconds(5), () -> complaint(template));
  }

  @Test
  void backtracking_ends_soon() {
    Assertions.assertTimeout(
        Duration.ofSeconds(5), () -> complaint("{{ xs is match('(x+)+\\1y') }}"));
  }

  @Test
  void deep_nesting_ends_soon() {
    int deep = 20_000;
    for (var template :
        new String[] {
          "{{ " + "(".repeat(deep) + "1" + ")".repeat(deep) + " }}",
          "{{ " + "not ".repeat(deep) + "1 }}",
          "{{ 1" + " + 1".repeat(deep) + " }}",
          "{% if 1 %}".repeat(deep) + "{% endif %}".repeat(deep),
        }) {
      assertThat(complaint(template)).contains("nested");
    }
  }

  @Test
  void unsafe_text_is_no_template() throws Exception {
    assertThat(Template.parse("{{ wild }}").render(SCOPE))
        .isEqualTo(new Value.Text("{{ secret }}", true));
  }

  @Test
  void encrypted_values_are_opened_by_the_scope() throws Exception {
    Scope opening =
        new Scope() {
          @Override
          public Optional<Value> variable(String name) {
            return SCOPE.variable(name);
          }

          @Override
          public Optional<String> open(Value.Vaulted vaulted) {
            return Optional.of("{{ plain }}");
          }
        };
    assertThat(Template.parse("{{ locked }}").renderText(opening)).isEqualTo("{{ plain }}");
    assertThat(Template.parse("{{ locked is defined }}").render(SCOPE))
        .isEqualTo(new Value.Bool(true));
  }

  @Test
  void conditions_have_no_braces_and_must_be_true_or_false() throws Exception {
    assertThat(Condition.parse("secret is match('h\\w+2') and xs is defined").holds(SCOPE))
        .isTrue();
    for (String value : List.of("xs", "1", "'result.rc == 1'", "none")) {
      assertThatExceptionOfType(TemplateException.class)
          .isThrownBy(() -> Condition.parse(value).holds(SCOPE))
          .withMessage("it is neither true nor false: compare its value with something");
    }
    assertThatExceptionOfType(TemplateException.class)
        .isThrownBy(() -> Condition.parse("nope").holds(SCOPE))
        .withMessage("'nope' is undefined");
  }
}
