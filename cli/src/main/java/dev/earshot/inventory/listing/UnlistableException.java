package dev.earshot.inventory.listing;

/// An inventory that can be read, but not be written in the form that is asked for.
public final class UnlistableException extends RuntimeException {

  UnlistableException(String reason) {
    super(reason + "; list it as JSON instead");
  }
}
