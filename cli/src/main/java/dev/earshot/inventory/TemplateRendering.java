package dev.earshot.inventory;

import static java.util.stream.Collectors.joining;

import dev.earshot.jinja.Scope;
import dev.earshot.jinja.Template;
import dev.earshot.jinja.TemplateException;
import dev.earshot.python.Value;
import dev.earshot.vault.Vault;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// Evaluates the templates in a host's variables as Ansible does when it connects, and opens what
/// is encrypted. What could not be evaluated with certainty is a problem, never a guess.
public final class TemplateRendering implements Rendering {

  private static final int SHOWN = 120;
  private static final String UNLOCK =
      "give the right password with --vault-password-file or --vault-id";
  private static final Pattern TAG = Pattern.compile("\\{[{%].*?(?:[}%]}|$)", Pattern.DOTALL);
  private static final Pattern QUOTED =
      Pattern.compile(
          "'(?:[^'\\\\]|\\\\.)*+(?:'|$)|\"(?:[^\"\\\\]|\\\\.)*+(?:\"|$)", Pattern.DOTALL);

  private final Inventory inventory;
  private final Vault vault;
  private final Map<String, String> environment;
  private final Map<Host, Scope> scopes = new LinkedHashMap<>();

  /// @param environment what `lookup('env', …)` sees
  public TemplateRendering(Inventory inventory, Vault vault, Map<String, String> environment) {
    this.inventory = inventory;
    this.vault = vault;
    this.environment = Map.copyOf(environment);
  }

  @Override
  public Outcome render(Host host, String name, Variable variable) {
    if (variable.value() instanceof Value.Vaulted(var ciphertext)
        && vault.open(ciphertext) instanceof Vault.Opening.Locked(var reason)) {
      return failed(
          variable,
          "%s of %s is encrypted with Ansible Vault and stays locked: %s"
              .formatted(name, host.name(), reason),
          UNLOCK);
    }
    try {
      return new Outcome.Rendered(Template.render(variable.value(), scope(host)));
    } catch (TemplateException unrendered) {
      return failed(
          variable,
          "%s of %s can't be evaluated: %s, in %s"
              .formatted(
                  name, host.name(), unrendered.getMessage(), shown(unrendered.expression())),
          unrendered.getMessage().contains("encrypted with Ansible Vault")
              ? UNLOCK
              : "write the value itself, or what Earshot can evaluate without asking hosts");
    }
  }

  private static Outcome failed(Variable variable, String message, String advice) {
    return new Outcome.Failed(Problem.error(variable.origin(), message, advice));
  }

  /// The tags of a template. What stands outside of them, and in quotes, may be a secret.
  private static String shown(String template) {
    var tags = TAG.matcher(template).results().map(MatchResult::group).collect(joining(" … "));
    var masked = QUOTED.matcher(tags.isEmpty() ? "{{" : tags).replaceAll("'…'");
    return masked.length() <= SHOWN ? masked : masked.substring(0, SHOWN) + "…";
  }

  private Scope scope(Host host) {
    return scopes.computeIfAbsent(
        host, each -> new OfHost(each.variables(), inventory.magicVariables(each)));
  }

  /// What a template sees of one host. Ansible's own variables can't be overridden.
  private final class OfHost implements Scope {

    private final SequencedMap<String, Variable> variables;
    private final SequencedMap<String, Value> magic;

    OfHost(SequencedMap<String, Variable> variables, SequencedMap<String, Value> magic) {
      this.variables = variables;
      this.magic = magic;
    }

    @Override
    public Optional<Value> variable(String name) {
      return Optional.ofNullable(magic.get(name))
          .or(() -> Optional.ofNullable(variables.get(name)).map(Variable::value));
    }

    @Override
    public Collection<String> names() {
      var names = new LinkedHashSet<>(variables.keySet());
      names.addAll(magic.keySet());
      return names;
    }

    @Override
    public Collection<String> hosts() {
      return inventory.hostsByName().keySet();
    }

    @Override
    public Optional<Scope> host(String name) {
      return inventory.host(name).map(TemplateRendering.this::scope);
    }

    @Override
    public Optional<String> environment(String name) {
      return Optional.ofNullable(environment.get(name));
    }

    @Override
    public Optional<String> open(Value.Vaulted vaulted) {
      return switch (vault.open(vaulted.ciphertext())) {
        case Vault.Opening.Opened(var plain) -> Optional.of(plain);
        case Vault.Opening.Locked _ -> Optional.empty();
      };
    }
  }
}
