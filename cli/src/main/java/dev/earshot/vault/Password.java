package dev.earshot.vault;

/// What asking for a password came to.
sealed interface Password {

  record Given(Bytes bytes) implements Password {}

  record Missing(String message, String advice) implements Password {}
}
