package dev.earshot.recording;

/// An `earshot.yml` as it was when the evidence was judged, without what looks like a secret.
///
/// @param file its name, without the folders that lead to it
/// @param checked whether the checks of its own were asked of the hosts: they are not for a plan
public record PolicyText(String file, String yaml, boolean checked) {}
