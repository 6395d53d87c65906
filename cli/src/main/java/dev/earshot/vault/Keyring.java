package dev.earshot.vault;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/// A vault with passwords: those whose label the text bears are tried first, then all others, each
/// in the order given.
final class Keyring implements Vault {

  /// Deriving keys takes 5 ms, or 40 where no compiler knows SHA-256 by heart: this many take from
  /// two minutes to a quarter of an hour of one core.
  static final int MAX_DERIVATIONS = 25_000;

  private static final int SHOWN_LABEL = 60;

  private record Salted(VaultSecret secret, Bytes salt) {}

  /// What became of opening a text, before it is decoded.
  private sealed interface Content {}

  private record Plain(Bytes bytes) implements Content {}

  private record Shut(String reason) implements Content {}

  private final List<VaultSecret> secrets;
  private final VaultSettings settings;
  private final int maxDerivations;

  /// As long as a text is opened for many hosts, its keys are derived once.
  private final Map<Salted, Aes256.Keys> derived = new ConcurrentHashMap<>();

  private final AtomicInteger derivations = new AtomicInteger();

  Keyring(List<VaultSecret> secrets, VaultSettings settings) {
    this(secrets, settings, MAX_DERIVATIONS);
  }

  Keyring(List<VaultSecret> secrets, VaultSettings settings, int maxDerivations) {
    this.secrets = List.copyOf(secrets);
    this.settings = settings;
    this.maxDerivations = maxDerivations;
  }

  @Override
  public Opening open(String armoured) {
    return switch (content(armoured)) {
      case Plain(var bytes) -> text(bytes);
      case Shut(var reason) -> new Opening.Locked(reason);
    };
  }

  private static Opening text(Bytes bytes) {
    try {
      var plain = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes.array()));
      return new Opening.Opened(plain.toString());
    } catch (CharacterCodingException _) {
      return new Opening.Locked("what is inside is not text in UTF-8");
    } finally {
      bytes.forget();
    }
  }

  /// What is inside, as it is.
  Optional<Bytes> bytes(String armoured) {
    return switch (content(armoured)) {
      case Plain(var bytes) -> Optional.of(bytes);
      case Shut _ -> Optional.empty();
    };
  }

  private Content content(String armoured) {
    return switch (Armour.read(armoured)) {
      case Armour.Damaged(var reason) -> new Shut(reason);
      case Armour.Sound(var armour) -> content(armour);
    };
  }

  private Content content(Armour armour) {
    var candidates = candidates(armour);
    for (var secret : candidates) {
      var keys = keys(secret, armour.salt());
      if (keys.isEmpty()) {
        return new Shut("more than %,d values were tried to be opened".formatted(maxDerivations));
      }
      if (Aes256.isAuthentic(armour, keys.get())) {
        return Aes256.decrypt(armour, keys.get())
            .<Content>map(Plain::new)
            .orElse(new Shut("the password fits, but the padding inside is damaged"));
      }
    }
    return new Shut(misfit(armour, candidates));
  }

  private Set<VaultSecret> candidates(Armour armour) {
    var label = armour.label().orElse(settings.defaultLabel());
    var candidates =
        secrets.stream()
            .filter(secret -> !label.isEmpty() && secret.label().equals(label))
            .collect(Collectors.toCollection(LinkedHashSet<VaultSecret>::new));
    if (!settings.labelsMustMatch()) {
      candidates.addAll(secrets);
    }
    return candidates;
  }

  private Optional<Aes256.Keys> keys(VaultSecret secret, Bytes salt) {
    var salted = new Salted(secret, salt);
    var known = derived.get(salted);
    if (known != null) {
      return Optional.of(known);
    }
    if (derivations.incrementAndGet() > maxDerivations) {
      return Optional.empty();
    }
    return Optional.of(derived.computeIfAbsent(salted, _ -> secret.keys(salt)));
  }

  private String misfit(Armour armour, Set<VaultSecret> tried) {
    var label = armour.label().map(Keyring::shown).map(" labelled %s"::formatted).orElse("");
    if (tried.isEmpty()) {
      return "it is%s, no password with this label was given, and vault_id_match forbids others"
          .formatted(label.isEmpty() ? " without a label" : label);
    }
    var labels =
        tried.stream().map(VaultSecret::label).distinct().collect(Collectors.joining(", "));
    return "none of the vault passwords given (%s) opens it%s"
        .formatted(labels, label.isEmpty() ? "" : ", which is" + label);
  }

  private static String shown(String label) {
    return label.length() <= SHOWN_LABEL ? label : label.substring(0, SHOWN_LABEL) + "…";
  }

  @Override
  public String toString() {
    return "Keyring" + secrets;
  }
}
