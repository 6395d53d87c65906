package dev.earshot.sshconfig;

/// A value and who set it.
public record Setting<T>(T value, Origin origin) {}
