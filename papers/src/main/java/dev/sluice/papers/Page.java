package dev.sluice.papers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.Heading;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.Image;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.StrongEmphasis;
import org.commonmark.node.Text;
import org.commonmark.parser.IncludeSourceSpans;
import org.commonmark.parser.Parser;

/// One Markdown page, parsed.
///
/// @param path below the root of the repository, such as `docs/agents.md`
public record Page(Path path, Node document) {

  private static final Parser PARSER =
      Parser.builder()
          .extensions(List.of(TablesExtension.create()))
          .includeSourceSpans(IncludeSourceSpans.BLOCKS)
          .build();

  /// @param root of the repository
  /// @param path below it
  public static Page read(Path root, Path path) throws IOException {
    return of(path, Files.readString(root.resolve(path)));
  }

  public static Page of(Path path, String text) {
    return new Page(path, PARSER.parse(text));
  }

  /// The first heading; without one, the file's name.
  public String title() {
    for (Node node = document.getFirstChild(); node != null; node = node.getNext()) {
      if (node instanceof Heading heading) {
        return words(heading);
      }
    }
    return String.valueOf(path.getFileName());
  }

  /// All code blocks in their order. One that is only indented has no mark.
  public List<Snippet> snippets() {
    List<Snippet> found = new ArrayList<>();
    document.accept(
        new AbstractVisitor() {
          @Override
          public void visit(FencedCodeBlock block) {
            String info = block.getInfo() == null ? "" : block.getInfo();
            Optional<Mark> mark =
                block.getPrevious() instanceof HtmlBlock above
                    ? Mark.of(above.getLiteral())
                    : Optional.empty();
            found.add(new Snippet(line(block), info, block.getLiteral(), mark));
          }

          @Override
          public void visit(IndentedCodeBlock block) {
            found.add(new Snippet(line(block), "", block.getLiteral(), Optional.empty()));
          }
        });
    return found;
  }

  /// Where links and pictures point, as written.
  public List<String> targets() {
    List<String> found = new ArrayList<>();
    document.accept(
        new AbstractVisitor() {
          @Override
          public void visit(Link link) {
            found.add(link.getDestination());
            visitChildren(link);
          }

          @Override
          public void visit(Image image) {
            found.add(image.getDestination());
          }
        });
    return found;
  }

  /// Names of the places that a link to this page may end with, as GitHub makes them.
  public List<String> anchors() {
    List<String> found = new ArrayList<>();
    document.accept(
        new AbstractVisitor() {
          @Override
          public void visit(Heading heading) {
            found.add(Anchors.of(words(heading), found));
          }
        });
    return found;
  }

  /// What is printed in bold.
  public List<String> bold() {
    List<String> found = new ArrayList<>();
    document.accept(
        new AbstractVisitor() {
          @Override
          public void visit(StrongEmphasis strong) {
            found.add(words(strong));
          }
        });
    return found;
  }

  /// The text of a node without its marks.
  static String words(Node node) {
    StringBuilder text = new StringBuilder();
    node.accept(
        new AbstractVisitor() {
          @Override
          public void visit(Text part) {
            text.append(part.getLiteral());
          }

          @Override
          public void visit(Code part) {
            text.append(part.getLiteral());
          }

          @Override
          public void visit(SoftLineBreak part) {
            text.append(' ');
          }

          @Override
          public void visit(HardLineBreak part) {
            text.append(' ');
          }
        });
    return text.toString();
  }

  private static int line(Node node) {
    return node.getSourceSpans().isEmpty()
        ? 0
        : node.getSourceSpans().getFirst().getLineIndex() + 1;
  }
}
