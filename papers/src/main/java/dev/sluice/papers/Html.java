package dev.sluice.papers;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Heading;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.renderer.html.HtmlRenderer;

/// A page's text as HTML. HTML in a page is shown as text; comments are left out.
///
/// @param links from what a page says to where the site has it
record Html(UnaryOperator<String> links) {

  String render(Page page) {
    prepare(page.document());
    List<String> anchors = new ArrayList<>();
    return HtmlRenderer.builder()
        .extensions(List.of(TablesExtension.create()))
        .escapeHtml(true)
        .attributeProviderFactory(
            context -> (node, tag, attributes) -> attribute(node, tag, attributes, anchors))
        .build()
        .render(page.document());
  }

  private void prepare(Node document) {
    List<Node> comments = new ArrayList<>();
    document.accept(
        new AbstractVisitor() {
          @Override
          public void visit(HtmlBlock block) {
            if (block.getLiteral().startsWith("<!--")) {
              comments.add(block);
            }
          }

          @Override
          public void visit(Link link) {
            link.setDestination(links.apply(link.getDestination()));
            visitChildren(link);
          }

          @Override
          public void visit(Image image) {
            image.setDestination(links.apply(image.getDestination()));
            visitChildren(image);
          }
        });
    comments.forEach(Node::unlink);
  }

  private static void attribute(
      Node node, String tag, Map<String, String> attributes, List<String> anchors) {
    if (node instanceof Heading heading && tag.startsWith("h")) {
      String anchor = Anchors.of(Page.words(heading), anchors);
      anchors.add(anchor);
      attributes.put("id", anchor);
    }
  }

  static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
