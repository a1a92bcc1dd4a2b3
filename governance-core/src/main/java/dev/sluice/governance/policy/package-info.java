/// What the rules say.
///
/// Start with [dev.sluice.governance.policy.PolicyParser]: a text in, a
/// [dev.sluice.governance.policy.PolicyBundle] or problems with line and column out. Then
/// [dev.sluice.governance.policy.PolicyEngines] makes an engine of the bundle, and the engine turns
/// a [dev.sluice.governance.policy.DecisionRequest] into a
/// [dev.sluice.governance.policy.Decision]:
///
/// ```java
/// ParsedPolicy parsed = PolicyParser.parse(text, "policy.yaml");
/// if (parsed instanceof ParsedPolicy.Parsed(PolicyBundle bundle, var warnings)) {
///   Decision decision = PolicyEngines.of(bundle).decide(request);
/// }
/// ```
///
/// Promises: the same bundle and request give the same decision; nothing throws; whatever is
/// unknown, unsaid or broken is refused; a [dev.sluice.governance.policy.Permit] comes from an
/// engine or not at all. Every decision says which rules matched, which one won, about which places
/// in the text, and what to do next.
///
/// In what order an engine asks, and so which reason is given when several hold: is the policy in
/// force and the connection known; did a condition fail; does a rule block; is the statement
/// understood; does any rule speak for it; does masking allow it; must a human agree. Each step can
/// only make the answer stricter, so the order changes the reason, never the outcome.
@NullMarked
package dev.sluice.governance.policy;

import org.jspecify.annotations.NullMarked;
