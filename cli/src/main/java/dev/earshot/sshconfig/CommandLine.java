package dev.earshot.sshconfig;

import dev.earshot.sshconfig.Line.Assignment;
import dev.earshot.sshconfig.Line.Faulty;
import dev.earshot.sshconfig.Line.HostLine;
import dev.earshot.sshconfig.Line.IncludeLine;
import dev.earshot.sshconfig.Line.MatchLine;
import dev.earshot.sshconfig.Line.Unknown;
import dev.earshot.sshconfig.SshArguments.Option;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Sets what arguments say. Some of them set a value only where there is none; others replace it.
record CommandLine(LocalUser user, Values values, List<Problem> problems) {

  void apply(List<Option> options) {
    var parser = new LineParser(true, user.environment());
    for (var each : options) {
      try {
        apply(each, parser);
      } catch (BadValue e) {
        problems.add(e.at(each.origin(), "the value"));
      }
    }
  }

  private void apply(Option option, LineParser parser) throws BadValue {
    var value = option.value();
    switch (option.letter()) {
      case '4' -> replace(SshKeys.ADDRESS_FAMILY, AddressFamily.INET, option);
      case '6' -> replace(SshKeys.ADDRESS_FAMILY, AddressFamily.INET6, option);
      case 'B' -> replace(SshKeys.BIND_INTERFACE, value, option);
      case 'P' -> replace(SshKeys.TAG, value, option);
      case 'b' -> replace(SshKeys.BIND_ADDRESS, value, option);
      case 'c' -> replace(SshKeys.CIPHERS, value, option);
      case 'm' -> replace(SshKeys.MACS, value, option);
      case 'p' -> set(SshKeys.PORT, ValueTypes.portNumber(value), option.origin());
      case 'l' -> set(SshKeys.USER, value, option.origin());
      case 'i' -> identity(option);
      case 'J' -> jump(option);
      case 'o' ->
          line(parser.line(value, new Origin.InArguments("-o " + keyword(value))).orElse(null));
      default -> throw new IllegalArgumentException("-" + option.letter());
    }
  }

  private void line(@Nullable Line line) throws BadValue {
    switch (line) {
      case null -> {}
      case Assignment<?> assignment -> values.set(assignment, true);
      case Unknown(var name, var problem) -> {
        var ignored = values.value(SshKeys.IGNORE_UNKNOWN);
        if (ignored.filter(list -> Wildcard.matchesNames(name, list)).isEmpty()) {
          problems.add(problem);
        }
      }
      case Faulty(var problem) -> problems.add(problem);
      case HostLine _, MatchLine _, IncludeLine _ -> throw new IllegalStateException("in a file");
    }
  }

  /// A key that does not exist is passed over: ssh only warns of it.
  private void identity(Option option) throws BadValue {
    var path = user.withHome(option.value());
    if (Files.exists(Path.of(path))) {
      set(SshKeys.IDENTITY_FILE, path, option.origin());
    }
  }

  private void jump(Option option) throws BadValue {
    if (values.hasProxy()) {
      throw new BadValue(
          "comes after another proxy", "name all jump hosts in one -J, separated by commas");
    }
    set(SshKeys.PROXY_JUMP, JumpHost.chain(option.value()), option.origin());
  }

  private <T> void set(SshKey<T> key, T value, Origin origin) throws BadValue {
    values.set(new Assignment<>(key, Optional.of(value), origin), true);
  }

  private <T> void replace(SshKey<T> key, T value, Option option) {
    values.put(key, new Setting<>(value, option.origin()));
  }

  private static String keyword(String line) {
    return new Words.Scanner(line.strip()).next().text();
  }
}
