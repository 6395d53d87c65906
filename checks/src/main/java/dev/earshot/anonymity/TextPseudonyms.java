package dev.earshot.anonymity;

import dev.earshot.evidence.Address;
import dev.earshot.evidence.HostRecording;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What hosts and programs say in their own words, with other names: those that are known, and what
/// has the form of a login, a home or a mail address.
final class TextPseudonyms {

  private static final Pattern LOGIN = Pattern.compile("[^\\s@/:'\"(]+(?=@)");

  /// As we and sudo tell of logins.
  private static final Pattern TOLD_LOGIN =
      Pattern.compile(
          "(?<=password of user |lets user )\\S+(?=[:\\s])|(?<=[Uu]ser )\\S+(?= is not )|\\S+(?= is not in the sudoers)");

  private static final Pattern HOME = Pattern.compile("(?<=/home/|/Users/)[^/\\s:'\"]+");

  private static final Pattern MAIL =
      Pattern.compile("[\\p{L}\\p{N}._%+-]+@([\\p{L}\\p{N}-]+(?:\\.[\\p{L}\\p{N}-]+)+)");

  /// `postgresql@15-main.service` is a unit of systemd's.
  private static final Pattern UNIT =
      Pattern.compile(
          ".*\\.(?:service|socket|timer|slice|scope|mount|target|device|path|swap|conf|[\\d-]+)");

  private final NamePseudonyms names;
  private final AddressPseudonyms addresses;

  TextPseudonyms(NamePseudonyms names, AddressPseudonyms addresses) {
    this.names = names;
    this.addresses = addresses;
  }

  /// Why a host could not be asked.
  String reason(String reason) {
    return reason.equals(HostRecording.MANAGED)
        ? reason
        : LOGIN.matcher(of(reason)).replaceAll("user");
  }

  String of(String text) {
    String withoutMail = text.contains("@") ? MAIL.matcher(text).replaceAll(this::mail) : text;
    String named = addresses.replace(names.replace(withoutMail));
    return HOME.matcher(TOLD_LOGIN.matcher(named).replaceAll("user")).replaceAll("user");
  }

  private String mail(MatchResult found) {
    String domain = found.group(1);
    return Matcher.quoteReplacement(
        UNIT.matcher(domain).matches() || Address.of(domain).isNumeric()
            ? found.group()
            : "someone@" + names.of(domain).orElse("mail.example"));
  }
}
