package dev.sluice.app.studio;

import dev.sluice.app.fx.Background;
import dev.sluice.app.fx.Debounce;
import dev.sluice.app.fx.Messages;
import dev.sluice.app.fx.Problems;
import dev.sluice.app.fx.Work;
import dev.sluice.app.shell.Session;
import dev.sluice.gateway.remote.PolicyClient;
import dev.sluice.gateway.workspace.WorkspaceConnection;
import dev.sluice.gateway.workspace.WorkspaceProblem;
import dev.sluice.governance.catalog.CatalogSnapshot;
import dev.sluice.governance.codec.wire.PolicyComparison;
import dev.sluice.governance.codec.wire.PolicyDraft;
import dev.sluice.governance.codec.wire.PolicyHistory;
import dev.sluice.governance.codec.wire.PolicyTestReport;
import dev.sluice.governance.codec.wire.WhatIfReport;
import dev.sluice.governance.discovery.ColumnSamples;
import dev.sluice.governance.discovery.Discovery;
import dev.sluice.governance.discovery.Proposal;
import dev.sluice.governance.discovery.ProposalDecision;
import dev.sluice.governance.policy.ColumnSights;
import dev.sluice.governance.policy.ParsedPolicy;
import dev.sluice.governance.policy.PolicyParser;
import dev.sluice.governance.policy.PolicyProblem;
import dev.sluice.governance.policy.Rule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/// One policy being written. It is read with place at once, here; tests and comparison are the
/// server's, after a pause, since only it has every catalog.
public final class StudioViewModel {

  private static final Duration PAUSE = Duration.ofMillis(250);
  private static final Duration LOOK = Duration.ofMillis(300);

  /// What the text in the editor came from.
  public sealed interface Source {
    /// A copy of a version, to become the next one.
    record Version(long number, boolean inForce) implements Source {}

    /// A draft as it was opened; with `mine` its text may be changed.
    record Draft(PolicyDraft draft, boolean mine) implements Source {}
  }

  /// A line of the list at the left.
  public sealed interface Line {
    record Draft(PolicyDraft draft, boolean mine) implements Line {}

    record Version(PolicyHistory.Version version, boolean inForce) implements Line {}
  }

  /// What the text means.
  ///
  /// @param readable whether it is a policy at all
  public record Reading(
      boolean readable, List<PolicyProblem> problems, List<PolicyProblem> warnings) {}

  private final Session session;
  private final Background background;
  private final Messages messages;
  private final Debounce reading;
  private final ObservableList<Line> lines = FXCollections.observableArrayList();
  private final ObservableList<ProposedColumn> proposals = FXCollections.observableArrayList();
  private final StringProperty text = new SimpleStringProperty("");
  private final ReadOnlyObjectWrapper<Optional<Source>> source =
      new ReadOnlyObjectWrapper<>(Optional.empty());
  private final ReadOnlyObjectWrapper<Reading> read =
      new ReadOnlyObjectWrapper<>(new Reading(true, List.of(), List.of()));
  private final ReadOnlyObjectWrapper<Optional<List<Rule>>> rules =
      new ReadOnlyObjectWrapper<>(Optional.empty());
  private final ReadOnlyObjectWrapper<Optional<PolicyTestReport>> tests =
      new ReadOnlyObjectWrapper<>(Optional.empty());
  private final ReadOnlyObjectWrapper<Optional<PolicyComparison>> comparison =
      new ReadOnlyObjectWrapper<>(Optional.empty());
  private final ReadOnlyObjectWrapper<Optional<WhatIfReport>> whatIf =
      new ReadOnlyObjectWrapper<>(Optional.empty());
  private final ReadOnlyStringWrapper message = new ReadOnlyStringWrapper("");
  private final ReadOnlyBooleanWrapper busy = new ReadOnlyBooleanWrapper();
  private long question;

  public StudioViewModel(Session session, Background background, Messages messages) {
    this.session = session;
    this.background = background;
    this.messages = messages;
    this.reading = new Debounce(background, PAUSE);
    text.addListener((observed, before, now) -> reading.request(() -> read(now)));
  }

  Session session() {
    return session;
  }

  Background background() {
    return background;
  }

  public ObservableList<Line> lines() {
    return lines;
  }

  /// Columns that probably need a mask and are not classified by the text.
  public ObservableList<ProposedColumn> proposals() {
    return proposals;
  }

  public StringProperty textProperty() {
    return text;
  }

  public ReadOnlyObjectProperty<Optional<Source>> sourceProperty() {
    return source.getReadOnlyProperty();
  }

  public ReadOnlyObjectProperty<Reading> readProperty() {
    return read.getReadOnlyProperty();
  }

  public ReadOnlyObjectProperty<Optional<PolicyTestReport>> testsProperty() {
    return tests.getReadOnlyProperty();
  }

  public ReadOnlyObjectProperty<Optional<PolicyComparison>> comparisonProperty() {
    return comparison.getReadOnlyProperty();
  }

  public ReadOnlyObjectProperty<Optional<WhatIfReport>> whatIfProperty() {
    return whatIf.getReadOnlyProperty();
  }

  /// What came of the last thing I did, or why it was refused.
  public ReadOnlyStringProperty messageProperty() {
    return message.getReadOnlyProperty();
  }

  public ReadOnlyBooleanProperty busyProperty() {
    return busy.getReadOnlyProperty();
  }

  /// Reads drafts and versions; opens the one in force when nothing is open.
  public void load() {
    record Known(List<PolicyDraft> drafts, List<PolicyHistory.Version> versions) {}
    background.call(
        () -> new Known(policies().drafts(), policies().history()),
        known -> {
          List<Line> all = new ArrayList<>();
          known.drafts().stream()
              .filter(draft -> draft.state().equals("open"))
              .forEach(draft -> all.add(new Line.Draft(draft, isMine(draft))));
          for (int at = 0; at < known.versions().size(); at++) {
            all.add(new Line.Version(known.versions().get(at), at == 0));
          }
          lines.setAll(all);
          if (source.get().isEmpty() && !known.versions().isEmpty()) {
            open(new Line.Version(known.versions().getFirst(), true));
          }
        },
        this::refused);
  }

  private boolean isMine(PolicyDraft draft) {
    return draft.author().equals(session.me().principal().key());
  }

  /// Shows a draft, or a version as a copy that would become the next one.
  public void open(Line line) {
    whatIf.set(Optional.empty());
    message.set("");
    switch (line) {
      case Line.Draft draft -> {
        source.set(Optional.of(new Source.Draft(draft.draft(), draft.mine())));
        text.set(draft.draft().yaml());
      }
      case Line.Version version -> {
        long next = newest() + 1;
        background.call(
            () -> policies().text(version.version().version()),
            yaml -> {
              source.set(
                  Optional.of(new Source.Version(version.version().version(), version.inForce())));
              text.set(PolicyText.asVersion(yaml, next));
            },
            this::refused);
      }
    }
  }

  private long newest() {
    return lines.stream()
        .mapToLong(line -> line instanceof Line.Version known ? known.version().version() : 0)
        .max()
        .orElse(0);
  }

  /// The rules of the text; empty while it is not a policy.
  ReadOnlyObjectProperty<Optional<List<Rule>>> rulesProperty() {
    return rules.getReadOnlyProperty();
  }

  private void read(String yaml) {
    ParsedPolicy policy = PolicyParser.parse(yaml, "policy");
    Optional<List<Rule>> written =
        policy instanceof ParsedPolicy.Parsed parsed
            ? Optional.of(parsed.bundle().rules())
            : Optional.empty();
    Reading found =
        switch (policy) {
          case ParsedPolicy.Parsed parsed -> new Reading(true, List.of(), parsed.warnings());
          case ParsedPolicy.Problems wrong -> new Reading(false, wrong.problems(), List.of());
        };
    background.deliver(
        () -> {
          if (text.get().equals(yaml)) {
            read.set(found);
            rules.set(written);
            if (found.readable()) {
              askServer(yaml);
            } else {
              tests.set(Optional.empty());
              comparison.set(Optional.empty());
            }
          }
        });
  }

  private void askServer(String yaml) {
    long asked = ++question;
    record Answer(PolicyTestReport tests, PolicyComparison comparison) {}
    background.call(
        () -> new Answer(policies().test(yaml), policies().compare(yaml)),
        answer -> {
          if (asked == question) {
            tests.set(Optional.of(answer.tests()));
            comparison.set(Optional.of(answer.comparison()));
          }
        },
        this::refused);
    background.call(
        () -> propose(yaml), found -> proposals.setAll(found), failure -> proposals.clear());
  }

  /// What discovery proposes on one connection.
  public record ProposedColumn(String connection, Proposal proposal) {}

  private List<ProposedColumn> propose(String yaml) throws WorkspaceProblem {
    List<ProposedColumn> open = new ArrayList<>();
    if (PolicyParser.parse(yaml, "policy") instanceof ParsedPolicy.Parsed parsed) {
      ColumnSights sights = ColumnSights.of(parsed.bundle());
      for (WorkspaceConnection connection : session.workspace().connections()) {
        String name = connection.context().name();
        CatalogSnapshot catalog = session.workspace().catalog(name, false);
        Discovery.propose(catalog, ColumnSamples.none()).stream()
            .filter(proposal -> !sights.classified(name, proposal.column()))
            .forEach(proposal -> open.add(new ProposedColumn(name, proposal)));
      }
    }
    return open;
  }

  /// Puts a proposed classification into the text, for its connection.
  public void accept(ProposedColumn column) {
    decided(ProposalDecision.accepted(text.get(), column.proposal(), column.connection()));
  }

  /// Marks a proposed column as looked at and open on its connection, in the text: it is published
  /// like any change.
  public void dismiss(ProposedColumn column) {
    decided(ProposalDecision.dismissed(text.get(), column.proposal(), column.connection()));
  }

  private void decided(Optional<String> changed) {
    changed.ifPresentOrElse(
        text::set,
        () ->
            refused(
                new WorkspaceProblem(
                    "sections-in-one-line",
                    WorkspaceProblem.Blame.USER,
                    "A section of this policy is written in one line, so nothing was added to it.",
                    "Write classifications, masks and exemptions with a line for each entry.")));
  }

  /// Sets one key of one rule in the text; null takes it away.
  void changeRule(String rule, String key, @org.jspecify.annotations.Nullable String value) {
    RuleText.with(text.get(), rule, key, value).ifPresent(text::set);
  }

  public boolean observes() {
    return PolicyText.observes(text.get());
  }

  public void observe(boolean only) {
    if (observes() != only) {
      text.set(PolicyText.observing(text.get(), only));
    }
  }

  /// Keeps the text as a draft of mine for somebody else to publish.
  public void propose(String comment, Runnable onDone) {
    String yaml = text.get();
    Optional<PolicyDraft> mine =
        source
            .get()
            .filter(from -> from instanceof Source.Draft draft && draft.mine())
            .map(from -> ((Source.Draft) from).draft());
    act(
        () ->
            mine.isPresent()
                ? policies().change(mine.get().id(), yaml, comment)
                : policies().draft(yaml, comment),
        draft -> {
          source.set(Optional.of(new Source.Draft(draft, true)));
          message.set(messages.text("studio.proposed", draft.version()));
          onDone.run();
        });
  }

  /// Puts the draft that is shown in force, exactly as it was opened.
  public void publish(String comment, Runnable onDone) {
    if (source.get().orElse(null) instanceof Source.Draft from) {
      act(
          () -> policies().publish(from.draft(), comment),
          published -> {
            source.set(Optional.of(new Source.Version(published.version(), true)));
            message.set(messages.text("studio.published", published.version()));
            onDone.run();
          });
    }
  }

  public void discard() {
    if (source.get().orElse(null) instanceof Source.Draft from) {
      act(
          () -> {
            policies().discard(from.draft().id());
            return from;
          },
          gone -> {
            source.set(Optional.empty());
            message.set(messages.text("studio.discarded"));
          });
    }
  }

  /// Drafts going back to the version that is shown; a second person publishes it like any other.
  public void rollback(String comment, Runnable onDone) {
    if (source.get().orElse(null) instanceof Source.Version from && !from.inForce()) {
      act(
          () -> policies().rollback(from.number(), comment),
          draft -> {
            source.set(Optional.of(new Source.Draft(draft, true)));
            text.set(draft.yaml());
            message.set(messages.text("studio.rollback.drafted", from.number(), draft.version()));
            onDone.run();
          });
    }
  }

  /// Replays what was run in the last days against the text.
  public void startWhatIf(int days) {
    String yaml = text.get();
    act(() -> policies().whatIf(yaml, days), this::follow);
  }

  private void follow(WhatIfReport report) {
    whatIf.set(Optional.of(report));
    if (report.state().equals("running")) {
      background.after(
          LOOK,
          () ->
              background.call(
                  () -> policies().whatIf(report.id()),
                  next -> {
                    boolean same =
                        whatIf.get().filter(shown -> shown.id().equals(next.id())).isPresent();
                    if (same) {
                      follow(next);
                    }
                  },
                  this::refused));
    }
  }

  public void cancelWhatIf() {
    whatIf
        .get()
        .ifPresent(
            running ->
                background.call(
                    () -> {
                      policies().cancelWhatIf(running.id());
                      return running;
                    },
                    done -> {},
                    this::refused));
  }

  private <T> void act(Work<T> work, Consumer<T> onDone) {
    if (busy.get()) {
      return;
    }
    busy.set(true);
    message.set("");
    background.call(
        work,
        answer -> {
          busy.set(false);
          onDone.accept(answer);
          load();
        },
        failure -> {
          busy.set(false);
          refused(failure);
        });
  }

  private void refused(WorkspaceProblem problem) {
    message.set(Problems.wordsAndWayOut(problem));
  }

  private PolicyClient policies() throws WorkspaceProblem {
    return session.roads().policies();
  }

  public void close() {
    reading.cancel();
  }
}
