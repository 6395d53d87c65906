package dev.earshot.ssh;

import java.io.IOException;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.sshd.client.auth.AbstractUserAuth;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.util.buffer.Buffer;

/// The method `keyboard-interactive` (RFC 4256): the password, once, to a server that asks for it
/// and nothing else. Whatever more it wants to know is for a person.
final class InteractiveLogin extends AbstractUserAuth {
  private static final int MOST_PROMPTS = 16;

  /// A password is asked for in one round, and what else there is to say takes one or two.
  private static final int MOST_ROUNDS = 8;

  /// How PAM asks, in the languages that it is most often installed in.
  private static final Pattern PASSWORD =
      Pattern.compile(
          "passw|mot de passe|contrase|kennwort|wachtwoord|senha|hasło|heslo|lösenord|пароль|密码|密碼|パスワード|암호",
          Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);

  /// A second factor, or the change of an expired password.
  private static final Pattern OTHER =
      Pattern.compile(
          "one.?time|\\b[th]?otp\\b|\\btokens?\\b|\\bcode|verification|\\bnew\\b|retype|\\bagain\\b|\\bcurrent\\b",
          Pattern.CASE_INSENSITIVE);

  private boolean asked;
  private boolean answered;
  private int rounds;

  InteractiveLogin() {
    super(Authentication.INTERACTIVE);
  }

  @Override
  protected boolean sendAuthDataRequest(ClientSession session, String service) throws Exception {
    if (asked || Handshake.authenticationOf(session).password().isEmpty()) {
      return false;
    }
    asked = true;
    Buffer request = session.createBuffer(SshConstants.SSH_MSG_USERAUTH_REQUEST);
    request.putString(session.getUsername());
    request.putString(service);
    request.putString(Authentication.INTERACTIVE);
    request.putString(""); // the language
    request.putString(""); // and a preference for methods, of which we have none
    session.writePacket(request);
    return true;
  }

  @Override
  protected boolean processAuthDataRequest(ClientSession session, String service, Buffer buffer)
      throws Exception {
    int command = buffer.getUByte();
    if (command != SshConstants.SSH_MSG_USERAUTH_INFO_REQUEST) {
      throw new IOException("the server sent message " + command + " where it should ask");
    }
    buffer.getString(); // a title
    String instruction = buffer.getString();
    buffer.getString(); // the language
    int prompts = buffer.getInt();
    if (prompts < 0 || prompts > MOST_PROMPTS) {
      throw new IOException("the server asks " + prompts + " questions at once");
    }
    if (++rounds > MOST_ROUNDS) {
      Handshake.authenticationOf(session).trouble("the server asks on and on");
      return false;
    }
    if (prompts == 0) {
      respond(session, Optional.empty());
      return true;
    }
    String prompt = buffer.getString();
    boolean echo = buffer.getBoolean();
    Authentication authentication = Handshake.authenticationOf(session);
    Optional<Secret> password = authentication.password();
    if (prompts > 1 || echo || answered || password.isEmpty() || !asksForPassword(prompt)) {
      String question = prompt.isBlank() ? instruction : prompt;
      authentication.trouble(
          "the server asks '%s', which only a person can answer".formatted(Text.oneLine(question)));
      return false;
    }
    answered = true;
    authentication.show(PasswordLogin.SHOWN);
    respond(session, password);
    return true;
  }

  private static boolean asksForPassword(String prompt) {
    return PASSWORD.matcher(prompt).find() && !OTHER.matcher(prompt).find();
  }

  private static void respond(ClientSession session, Optional<Secret> answer) throws IOException {
    Buffer response = session.createBuffer(SshConstants.SSH_MSG_USERAUTH_INFO_RESPONSE);
    response.putInt(answer.isPresent() ? 1 : 0);
    answer.ifPresent(secret -> response.putString(secret.text()));
    session.writePacket(response);
  }
}
