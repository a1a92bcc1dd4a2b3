package dev.sluice.governance.enforcement;

/// Somebody who can read governed tables around Sluice.
///
/// @param name by which an administrator accepts it: `superuser:postgres`, `owner:app`,
///     `grant:public.people:reporting`
/// @param who the login or group
/// @param message one sentence
/// @param closing the statement that closes it
public record AccessFinding(String name, String who, String message, String closing) {}
