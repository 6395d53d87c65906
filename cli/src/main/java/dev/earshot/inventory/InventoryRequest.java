package dev.earshot.inventory;

import dev.earshot.python.Surroundings;
import dev.earshot.vault.Vault;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/// What to read, and everything that decides how it is read.
///
/// @param sources what stands behind each `-i`, in order: files, directories, or lists of hosts
///   with a comma in them; where they say different things about one host, the later wins
/// @param vault opens what is encrypted
/// @param extraVariables of `-e`: they beat every other variable
/// @param workingDirectory what relative sources are relative to; an empty path is the process's
/// @param surroundings what `~` and `$NAME` in a source mean, and the environment of the inventory
///   scripts
public record InventoryRequest(
    List<String> sources,
    ReadSettings settings,
    Vault vault,
    SequencedMap<String, Variable> extraVariables,
    Path workingDirectory,
    Surroundings surroundings) {

  public InventoryRequest {
    sources = List.copyOf(sources);
    extraVariables = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(extraVariables));
  }

  /// These sources as Ansible reads them where nothing is configured.
  public static InventoryRequest of(List<Path> sources) {
    return new InventoryRequest(
        sources.stream().map(Path::toString).toList(),
        ReadSettings.defaults(),
        Vault.withoutPassword(),
        new LinkedHashMap<>(),
        Path.of(""),
        Surroundings.ofProcess());
  }

  public InventoryRequest withSettings(ReadSettings other) {
    return new InventoryRequest(
        sources, other, vault, extraVariables, workingDirectory, surroundings);
  }

  public InventoryRequest withEnvironment(Map<String, String> other) {
    var others = new Surroundings(other, surroundings.workingDirectory(), surroundings.home());
    return new InventoryRequest(sources, settings, vault, extraVariables, workingDirectory, others);
  }

  public InventoryRequest withVault(Vault other) {
    return new InventoryRequest(
        sources, settings, other, extraVariables, workingDirectory, surroundings);
  }

  /// The environment of inventory scripts.
  Map<String, String> environment() {
    return surroundings.environment();
  }

  /// Short, for messages of tests.
  @Override
  public String toString() {
    return "InventoryRequest" + sources;
  }
}
