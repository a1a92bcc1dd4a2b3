package dev.sluice.cli.check;

import dev.sluice.governance.policy.PolicyBundle;
import dev.sluice.governance.policy.PolicyEngine;

/// A policy ready to decide.
public record LoadedPolicy(PolicyBundle bundle, PolicyEngine engine) {}
