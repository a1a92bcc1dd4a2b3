package dev.sluice.app.fake;

import dev.sluice.gateway.direct.DirectConnections;
import dev.sluice.gateway.workspace.SignIn;
import dev.sluice.gateway.workspace.TimelinePage;
import dev.sluice.gateway.workspace.Workspace;
import dev.sluice.gateway.workspace.WorkspaceEvent;
import dev.sluice.gateway.workspace.WorkspaceProblem;
import dev.sluice.gateway.workspace.WorkspaceProblem.Blame;
import dev.sluice.governance.approval.ApprovalRequest;
import dev.sluice.governance.identity.Actor;
import dev.sluice.governance.identity.Principal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/// What the sessions of a window test share: accounts, requests, the log. No database, no network;
/// it decides by a handful of patterns.
public final class FakeServer implements SignIn {

  /// The person's direct connections; set before sign-in.
  public volatile Optional<DirectConnections> direct = Optional.empty();

  public static final String PASSWORD = "demo";

  final Map<String, ApprovalRequest> requests = new LinkedHashMap<>();
  final List<FakeWorkspace> sessions = new CopyOnWriteArrayList<>();
  public final Map<String, List<TimelinePage.Entry>> timelines = new LinkedHashMap<>();
  final AtomicLong sequence = new AtomicLong(81_200);

  /// When set, the next decision needs a fresh sign-in.
  public volatile boolean staleSignIn;

  /// When set, calls fail as if the server was away.
  public volatile boolean away;

  @Override
  public List<Method> methods() {
    return List.of(new Method("local", "Account of this server"));
  }

  @Override
  public Workspace withPassword(String account, char[] password) throws WorkspaceProblem {
    String given = new String(password);
    Arrays.fill(password, '\0');
    if (away) {
      throw unreachable();
    }
    if (!given.equals(PASSWORD) || !Set.of("analyst", "owner", "admin").contains(account)) {
      throw new WorkspaceProblem(
          "wrong-password",
          Blame.USER,
          "Account or password is wrong.",
          "Check both; after five tries ask an administrator.");
    }
    FakeWorkspace workspace = new FakeWorkspace(this, new Actor.Person(principal(account)));
    sessions.add(workspace);
    return workspace;
  }

  public static Principal principal(String account) {
    return switch (account) {
      case "owner" ->
          new Principal("local", "owner", null, "Olga Owner", Set.of("data-owners"), Set.of());
      case "admin" ->
          new Principal(
              "local", "admin", null, "Ada Admin", Set.of("admins"), Set.of("policy-admin"));
      default ->
          new Principal(
              "local", "analyst", null, "Anna Analyst", Set.of("analysts"), Set.of("analyst"));
    };
  }

  /// Ends all sessions, as a server does whose keys were rotated.
  public void endSessions(String reason) {
    sessions.forEach(session -> session.push(new WorkspaceEvent.SessionEnded(reason)));
  }

  public void setOnline(boolean online) {
    away = !online;
    sessions.forEach(session -> session.push(new WorkspaceEvent.LinkChanged(online)));
  }

  synchronized void put(ApprovalRequest request) {
    requests.put(request.id(), request);
    sessions.forEach(session -> session.push(new WorkspaceEvent.RequestChanged(request)));
  }

  synchronized List<ApprovalRequest> all() {
    return new ArrayList<>(requests.values());
  }

  synchronized void log(String who, TimelinePage.Entry entry) {
    timelines.computeIfAbsent(who, key -> new ArrayList<>()).addFirst(entry);
    sessions.forEach(
        session -> {
          if (session.me().principal().subject().equals(who)) {
            session.push(new WorkspaceEvent.TimelineGrew(entry.sequence()));
          }
        });
  }

  synchronized List<TimelinePage.Entry> timeline(String who) {
    return new ArrayList<>(timelines.getOrDefault(who, List.of()));
  }

  static WorkspaceProblem unreachable() {
    return new WorkspaceProblem(
        "server-unreachable",
        Blame.SERVER,
        "The Sluice server does not answer.",
        "Check the network or VPN; the window tries again by itself.");
  }

  Instant now() {
    return Instant.now();
  }
}
