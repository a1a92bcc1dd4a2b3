package dev.sluice.governance.policy;

/// Decides. Pure: the instant is part of the request. Never throws for any request; whatever goes
/// wrong inside is a [Decision.Deny].
///
/// Get one from [PolicyEngines#of]: it indexes the rules once and compiles conditions
/// when they are first needed.
public interface PolicyEngine {

  Decision decide(DecisionRequest request);

  long policyVersion();
}
