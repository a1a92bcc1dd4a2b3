package dev.sluice.app.administration;

import dev.sluice.app.fx.Background;
import dev.sluice.app.fx.Messages;
import dev.sluice.app.fx.Problems;
import dev.sluice.app.fx.Work;
import dev.sluice.app.shell.Session;
import dev.sluice.gateway.workspace.WorkspaceProblem;
import dev.sluice.governance.codec.wire.ConnectionDiagnosis;
import dev.sluice.governance.codec.wire.ConnectionSecrets;
import dev.sluice.governance.codec.wire.DeadLetterList;
import dev.sluice.governance.codec.wire.EnforcementCheck;
import dev.sluice.governance.codec.wire.EnforcementReview;
import dev.sluice.governance.codec.wire.GroupRole;
import dev.sluice.governance.codec.wire.ManagedConnection;
import dev.sluice.governance.codec.wire.NewConnection;
import dev.sluice.governance.codec.wire.NewPerson;
import dev.sluice.governance.codec.wire.NewServiceIdentity;
import dev.sluice.governance.codec.wire.NewWebhook;
import dev.sluice.governance.codec.wire.PersonChange;
import dev.sluice.governance.codec.wire.PersonInfo;
import dev.sluice.governance.codec.wire.ReceiverList;
import dev.sluice.governance.codec.wire.ServiceIdentity;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/// What a server administrator sees and changes. Passwords go to the server and never come back; a
/// new secret is shown once and forgotten with the screen.
public final class AdministrationViewModel {

  private final Session session;
  private final Background background;
  private final Messages messages;
  private final ObservableList<ManagedConnection> connections = FXCollections.observableArrayList();
  private final ObservableList<PersonInfo> people = FXCollections.observableArrayList();
  private final ObservableList<GroupRole> roles = FXCollections.observableArrayList();
  private final ObservableList<ServiceIdentity> services = FXCollections.observableArrayList();
  private final ObservableList<ReceiverList.Receiver> receivers =
      FXCollections.observableArrayList();
  private final ObservableList<DeadLetterList.DeadLetter> deadLetters =
      FXCollections.observableArrayList();
  private final ReadOnlyObjectWrapper<Optional<ConnectionDiagnosis>> diagnosis =
      new ReadOnlyObjectWrapper<>(Optional.empty());
  private final ReadOnlyObjectWrapper<Optional<EnforcementReview>> enforcement =
      new ReadOnlyObjectWrapper<>(Optional.empty());
  private final ReadOnlyStringWrapper secret = new ReadOnlyStringWrapper("");
  private final ReadOnlyStringWrapper message = new ReadOnlyStringWrapper("");

  public AdministrationViewModel(Session session, Background background, Messages messages) {
    this.session = session;
    this.background = background;
    this.messages = messages;
  }

  public ObservableList<ManagedConnection> connections() {
    return connections;
  }

  public ObservableList<PersonInfo> people() {
    return people;
  }

  public ObservableList<GroupRole> roles() {
    return roles;
  }

  public ObservableList<ServiceIdentity> services() {
    return services;
  }

  /// Who is told of what happens besides the log.
  public ObservableList<ReceiverList.Receiver> receivers() {
    return receivers;
  }

  /// What they would not take.
  public ObservableList<DeadLetterList.DeadLetter> deadLetters() {
    return deadLetters;
  }

  /// What trying a connection found.
  public ReadOnlyObjectProperty<Optional<ConnectionDiagnosis>> diagnosisProperty() {
    return diagnosis.getReadOnlyProperty();
  }

  /// What a database would be made to enforce, as it was last reviewed.
  public ReadOnlyObjectProperty<Optional<EnforcementReview>> enforcementProperty() {
    return enforcement.getReadOnlyProperty();
  }

  /// The secret of the identity just made, shown this once; empty otherwise.
  public ReadOnlyStringProperty secretProperty() {
    return secret.getReadOnlyProperty();
  }

  /// What came of the last thing I did, or why it was refused.
  public ReadOnlyStringProperty messageProperty() {
    return message.getReadOnlyProperty();
  }

  /// Reads everything anew.
  public void load() {
    read(() -> session.roads().administration().connections(), connections::setAll);
    read(() -> session.roads().administration().people(), people::setAll);
    read(() -> session.roads().administration().groupRoles(), roles::setAll);
    read(() -> session.roads().identities().list(), services::setAll);
    read(() -> session.roads().administration().receivers(), receivers::setAll);
    read(() -> session.roads().administration().deadLetters(), deadLetters::setAll);
  }

  /// Forgets what must not stay on a screen.
  public void leave() {
    secret.set("");
  }

  private <T> void read(Work<List<T>> work, Consumer<List<T>> show) {
    background.call(work, show, this::refused);
  }

  public void addConnection(NewConnection added, Runnable onDone) {
    act(
        () -> {
          session.roads().administration().addConnection(added);
          return added.connection().name();
        },
        name -> {
          message.set(messages.text("admin.connection.added", name));
          onDone.run();
        });
  }

  public void test(String connection) {
    enforcement.set(Optional.empty());
    message.set(messages.text("admin.connection.testing", connection));
    background.call(
        () -> session.roads().administration().testConnection(connection),
        found -> {
          message.set("");
          diagnosis.set(Optional.of(found));
        },
        this::refused);
  }

  /// Plans and audits; changes nothing.
  public void review(String connection) {
    message.set(messages.text("admin.enforcement.planning", connection));
    diagnosis.set(Optional.empty());
    enforcement.set(Optional.empty());
    reviewAnew(connection, "");
  }

  private void reviewAnew(String connection, String then) {
    background.call(
        () -> session.roads().administration().enforcement(connection),
        found -> {
          message.set(then);
          enforcement.set(Optional.of(found));
        },
        this::refused);
  }

  /// Applies exactly what is on the screen, and verifies it.
  public void applyReviewed() {
    enforcement
        .get()
        .ifPresent(
            reviewed -> {
              String connection = reviewed.connection();
              message.set(messages.text("admin.enforcement.applying", connection));
              background.call(
                  () ->
                      session
                          .roads()
                          .administration()
                          .applyEnforcement(connection, reviewed.plan()),
                  check -> reviewAnew(connection, words(check)),
                  this::refused);
            });
  }

  public void verify(String connection) {
    message.set(messages.text("admin.enforcement.verifying", connection));
    background.call(
        () -> session.roads().administration().verifyEnforcement(connection),
        check -> message.set(words(check)),
        this::refused);
  }

  private String words(EnforcementCheck check) {
    String wrong = String.join(" ", check.wrong());
    return messages.text(
        check.wrong().isEmpty() ? "admin.enforcement.holds" : "admin.enforcement.wrong",
        check.connection(),
        wrong);
  }

  public void rotate(String connection, String password, Runnable onDone) {
    act(
        () -> {
          session
              .roads()
              .administration()
              .rotateConnection(connection, new ConnectionSecrets(password, ""));
          return connection;
        },
        name -> {
          message.set(messages.text("admin.connection.rotated", name));
          onDone.run();
        });
  }

  public void addPerson(
      String account,
      String name,
      String groups,
      Set<String> roles,
      String password,
      Runnable onDone) {
    act(
        () ->
            session
                .roads()
                .administration()
                .addPerson(new NewPerson(account, name, "", words(groups), roles, password)),
        added -> {
          message.set(messages.text("admin.person.added", added.displayName()));
          onDone.run();
        });
  }

  public void disable(PersonInfo person) {
    act(
        () ->
            session
                .roads()
                .administration()
                .changePerson(
                    person.account(),
                    new PersonChange(
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(!person.disabled()))),
        changed ->
            message.set(
                messages.text(
                    changed.disabled() ? "admin.person.disabled" : "admin.person.enabled",
                    changed.displayName())));
  }

  public void mapRole(String group, String role) {
    act(
        () -> {
          session.roads().administration().mapRole(new GroupRole(group, role));
          return role;
        },
        done -> message.set(messages.text("admin.role.given", group, role)));
  }

  public void unmapRole(GroupRole role) {
    act(
        () -> {
          session.roads().administration().unmapRole(role);
          return role;
        },
        done -> message.set(messages.text("admin.role.taken", role.group(), role.role())));
  }

  public void addService(String kind, String name, String owner, String groups) {
    act(
        () ->
            session
                .roads()
                .identities()
                .add(new NewServiceIdentity(kind, name, owner, words(groups), Map.of(), "")),
        created -> {
          secret.set(created.secret());
          message.set(messages.text("admin.service.added", name, created.identity().id()));
        });
  }

  public void revoke(ServiceIdentity service) {
    act(
        () -> {
          session.roads().identities().revoke(service.id());
          return service;
        },
        done -> message.set(messages.text("admin.service.revoked", service.name())));
  }

  public void addReceiver(NewWebhook added, Runnable onDone) {
    act(
        () -> {
          session.roads().administration().addReceiver(added);
          return added.name();
        },
        name -> {
          message.set(messages.text("admin.receiver.added", name));
          onDone.run();
        });
  }

  public void removeReceiver(ReceiverList.Receiver receiver) {
    act(
        () -> {
          session.roads().administration().removeReceiver(receiver.name());
          return receiver.name();
        },
        name -> message.set(messages.text("admin.receiver.removed", name)));
  }

  /// Sends one message, and says whether it arrived.
  public void tryReceiver(ReceiverList.Receiver receiver) {
    message.set(messages.text("admin.receiver.trying", receiver.name()));
    background.call(
        () -> session.roads().administration().tryReceiver(receiver.name()),
        trial ->
            message.set(
                trial.arrived()
                    ? messages.text("admin.receiver.arrived", receiver.name())
                    : messages.text("admin.receiver.not-arrived", receiver.name(), trial.detail())),
        this::refused);
  }

  /// Sends once more what did not arrive.
  public void redeliver(DeadLetterList.DeadLetter letter) {
    act(
        () -> session.roads().administration().redeliver(letter.id()),
        left ->
            message.set(
                messages.text(
                    left.stream().anyMatch(other -> other.id().equals(letter.id()))
                        ? "admin.letter.still"
                        : "admin.letter.arrived",
                    letter.sink())));
  }

  public void discard(DeadLetterList.DeadLetter letter) {
    act(
        () -> {
          session.roads().administration().discardDeadLetter(letter.id());
          return letter;
        },
        done -> message.set(messages.text("admin.letter.discarded", letter.sequence())));
  }

  private static Set<String> words(String text) {
    Set<String> words = new TreeSet<>();
    Arrays.stream(text.split("[,\\s]+")).filter(word -> !word.isBlank()).forEach(words::add);
    return words;
  }

  private <T> void act(Work<T> work, Consumer<T> onDone) {
    message.set("");
    background.call(
        work,
        answer -> {
          onDone.accept(answer);
          load();
        },
        this::refused);
  }

  private void refused(WorkspaceProblem problem) {
    message.set(Problems.wordsAndWayOut(problem));
  }
}
