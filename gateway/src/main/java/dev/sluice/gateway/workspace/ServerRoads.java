package dev.sluice.gateway.workspace;

import dev.sluice.gateway.remote.AdminClient;
import dev.sluice.gateway.remote.OversightClient;
import dev.sluice.gateway.remote.PairingClient;
import dev.sluice.gateway.remote.PolicyClient;
import dev.sluice.gateway.remote.RequestClient;
import dev.sluice.gateway.remote.ServiceIdentityAdmin;
import dev.sluice.gateway.remote.TrailClient;

/// The roads of one session to its server besides running statements. All calls block; each is
/// checked by the server.
public record ServerRoads(
    RequestClient requests,
    PolicyClient policies,
    OversightClient oversight,
    AdminClient administration,
    ServiceIdentityAdmin identities,
    PairingClient pairing,
    TrailClient trail) {}
