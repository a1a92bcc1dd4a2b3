package dev.sluice.app.approvals;

import dev.sluice.app.fx.Background;
import dev.sluice.app.fx.Messages;
import dev.sluice.app.fx.Problems;
import dev.sluice.app.shell.Session;
import dev.sluice.app.shell.Ui;
import dev.sluice.governance.codec.wire.CommentList;
import java.util.List;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/// What is said about a request, and a line to say something.
final class TalkPane extends VBox {

  private final Messages messages;
  private final VBox said = new VBox(6);

  TalkPane(Session session, Background background, Messages messages, String requestId) {
    super(8);
    this.messages = messages;
    setId(UnmaskIds.INBOX_COMMENTS);
    TextField words = new TextField();
    words.setId(UnmaskIds.INBOX_SAY);
    words.setPromptText(messages.text("talk.prompt"));
    words.setAccessibleText(messages.text("talk.prompt"));
    HBox.setHgrow(words, Priority.ALWAYS);
    Runnable say =
        () -> {
          if (!words.getText().isBlank()) {
            String text = words.getText().strip();
            background.call(
                () -> session.roads().requests().say(requestId, text, ""),
                all -> {
                  words.clear();
                  show(all);
                },
                failure -> problem(Problems.wordsAndWayOut(failure)));
          }
        };
    words.setOnAction(event -> say.run());
    HBox line =
        new HBox(
            6,
            words,
            Ui.button(
                UnmaskIds.INBOX_SAY_SEND, messages.text("talk.say"), "fth-message-square", say));
    getChildren().addAll(said, line);
    if (session.workspace().roads().isPresent()) {
      background.call(
          () -> session.roads().requests().comments(requestId),
          this::show,
          failure -> problem(Problems.wordsAndWayOut(failure)));
    } else {
      Ui.shown(line, false);
    }
  }

  private void problem(String words) {
    said.getChildren().setAll(Ui.paragraph(words, "problem-words", "small"));
  }

  private void show(List<CommentList.Comment> comments) {
    said.getChildren().clear();
    for (CommentList.Comment comment : comments) {
      said.getChildren()
          .add(
              Ui.paragraph(
                  comment.authorName()
                      + ", "
                      + RequestWords.time(comment.at(), messages)
                      + ": "
                      + comment.words(),
                  "small"));
      if (!comment.proposed().isEmpty()) {
        said.getChildren().add(Ui.paragraph(comment.proposed(), "statement-box", "code", "small"));
      }
    }
  }
}
