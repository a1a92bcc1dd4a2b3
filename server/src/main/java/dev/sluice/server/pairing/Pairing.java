package dev.sluice.server.pairing;

import dev.sluice.governance.codec.DeviceProof;
import dev.sluice.governance.codec.wire.AgentActivity;
import dev.sluice.governance.codec.wire.AgentList;
import dev.sluice.governance.identity.Actor;
import dev.sluice.governance.identity.Principal;
import dev.sluice.server.Problems;
import dev.sluice.server.directory.Directory;
import dev.sluice.server.directory.OpenSessions;
import dev.sluice.server.ledger.Timelines;
import dev.sluice.server.store.Store;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// An owner's agents, for the owner alone: to everybody else they are not there, administrators
/// included, who have means of their own.
public final class Pairing {

  private static final Duration SEEN_WITHIN = Duration.ofDays(1);

  private final Store store;
  private final Directory directory;
  private final AgentControls controls;
  private final Confirmations confirmations;
  private final Timelines timelines;
  private final AgentRows rows;
  private final InstantSource clock;

  public Pairing(
      Store store,
      Directory directory,
      AgentControls controls,
      Confirmations confirmations,
      Timelines timelines,
      AgentRows rows,
      InstantSource clock) {
    this.store = store;
    this.directory = directory;
    this.controls = controls;
    this.confirmations = confirmations;
    this.timelines = timelines;
    this.rows = rows;
    this.clock = clock;
  }

  private record Known(String key, String name, int sessions, Instant since) {}

  /// The agents of a person that were here within a day, or of which the person has said something.
  public AgentList of(Actor owner) {
    String ownerKey = owner.principal().key();
    List<AgentList.Agent> all = new ArrayList<>();
    for (Known known : known(owner).values()) {
      all.add(store.read(handle -> agent(handle, ownerKey, known)));
    }
    return new AgentList(all);
  }

  private AgentList.Agent agent(org.jdbi.v3.core.Handle handle, String ownerKey, Known known) {
    Optional<AgentControls.Control> control =
        AgentControls.of(handle, known.key()).filter(each -> each.ownerKey().equals(ownerKey));
    return new AgentList.Agent(
        id(known.key()),
        known.name(),
        known.sessions(),
        known.since(),
        control.map(AgentControls.Control::confirmSeconds).orElse(0),
        control.map(AgentControls.Control::stopped).orElse(false),
        control.map(AgentControls.Control::stopReason).orElse(""),
        confirmations.waiting(handle, ownerKey, known.key()));
  }

  private Map<String, Known> known(Actor owner) {
    String ownerKey = owner.principal().key();
    Instant now = clock.instant();
    Map<String, Known> known = new LinkedHashMap<>();
    for (OpenSessions.OfAgent session :
        store.read(
            handle ->
                OpenSessions.ofAgents(handle, owner.principal(), now, now.minus(SEEN_WITHIN)))) {
      // Whose it is now counts, not whose it was when it came.
      boolean mine =
          directory
              .current(session.actor())
              .flatMap(Actor::onBehalfOf)
              .filter(each -> each.key().equals(ownerKey))
              .isPresent();
      if (mine) {
        Principal agent = session.actor().principal();
        Known before =
            known.getOrDefault(
                agent.key(), new Known(agent.key(), agent.displayName(), 0, Instant.EPOCH));
        known.put(
            agent.key(),
            !session.open()
                ? before
                : new Known(
                    agent.key(),
                    agent.displayName(),
                    before.sessions() + 1,
                    before.sessions() == 0 || session.since().isBefore(before.since())
                        ? session.since()
                        : before.since()));
      }
    }
    for (AgentControls.Control control :
        store.read(handle -> AgentControls.ofOwner(handle, ownerKey))) {
      if (control.stopped() || control.confirmSeconds() > 0) {
        known.putIfAbsent(
            control.agentKey(),
            new Known(control.agentKey(), control.agentName(), 0, Instant.EPOCH));
      }
    }
    return known;
  }

  private AgentControls.Named mine(Actor owner, String id) {
    return known(owner).values().stream()
        .filter(each -> id(each.key()).equals(id))
        .findFirst()
        .map(each -> new AgentControls.Named(each.key(), each.name()))
        .orElseThrow(() -> Problems.notFound("agent"));
  }

  /// What an agent did for this person.
  public AgentActivity activity(Actor owner, String id, int limit) {
    AgentControls.Named agent = mine(owner, id);
    return new AgentActivity(
        timelines.shared(agent.key(), owner.principal().key(), limit), rows.of(agent.key()));
  }

  public void stop(Actor owner, String id, String reason) {
    controls.stop(owner, mine(owner, id), reason);
  }

  public void resume(Actor owner, String id) {
    controls.resume(owner, mine(owner, id));
  }

  public void confirmEach(Actor owner, String id, int seconds) {
    controls.confirmEach(owner, mine(owner, id), seconds);
  }

  public void answer(Actor owner, String confirmationId, String answer) {
    confirmations.answer(owner, confirmationId, answer);
  }

  /// Not the key itself: an account's name is no part of an address.
  private static String id(String agentKey) {
    return DeviceProof.digest("agent/" + agentKey).substring(0, 32);
  }
}
