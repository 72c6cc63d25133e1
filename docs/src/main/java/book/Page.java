package book;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Block;
import org.commonmark.node.Code;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.Text;
import org.commonmark.parser.IncludeSourceSpans;
import org.commonmark.parser.Parser;

/** One page of Markdown: what it claims, and where it points to. */
record Page(
    String name,
    List<Claim> claims,
    List<Claim> commands,
    List<Place> unproved,
    List<Place> links,
    List<Picture> pictures,
    List<Place> sections,
    List<Place> rungs,
    Set<String> anchors) {

  /**
   * A block that must be true. The comment before it, {@code <!-- kind: source -->}, says where it
   * comes from; its text is in the lines between {@code first} and {@code last}, the two fences.
   */
  record Claim(
      String page, int first, int last, String kind, String source, String language, String text) {}

  /** Something in a line of a page: a link's target, a block's language. */
  record Place(String page, int line, String what) {}

  /** A picture; {@code scene} is what the comment before it says, {@code <!-- scene: … -->}. */
  record Picture(String page, int line, String file, String alternative, String scene) {}

  /** The pages beside the README that speak of the code, and everything in docs. */
  static List<Page> all() throws IOException {
    List<Path> files = new ArrayList<>(List.of(Row.ROOT.resolve("README.md")));
    files.add(Row.ROOT.resolve("CONTRIBUTING.md"));
    files.add(Row.ROOT.resolve("SECURITY.md"));
    try (Stream<Path> found = Files.list(Row.ROOT.resolve("docs"))) {
      found.filter(file -> file.toString().endsWith(".md")).sorted().forEach(files::add);
    }
    List<Page> pages = new ArrayList<>();
    for (Path file : files) {
      pages.add(read(file));
    }
    return pages;
  }

  private static Page read(Path file) throws IOException {
    String name = Row.ROOT.relativize(file).toString().replace('\\', '/');
    return parse(name, Files.readString(file));
  }

  static Page parse(String name, String text) {
    Page page =
        new Page(
            name,
            new ArrayList<>(),
            new ArrayList<>(),
            new ArrayList<>(),
            new ArrayList<>(),
            new ArrayList<>(),
            new ArrayList<>(),
            new ArrayList<>(),
            new HashSet<>());
    document(text).accept(page.new Collector());
    return page;
  }

  /** The nodes of this text, each of which knows its line. */
  static Node document(String text) {
    return Parser.builder()
        .includeSourceSpans(IncludeSourceSpans.BLOCKS_AND_INLINES)
        .build()
        .parse(text);
  }

  private final class Collector extends AbstractVisitor {

    @Override
    public void visit(FencedCodeBlock block) {
      int first = line(block);
      int last = block.getSourceSpans().get(block.getSourceSpans().size() - 1).getLineIndex() + 1;
      String comment = block.getPrevious() instanceof HtmlBlock html ? html.getLiteral() : "";
      if (comment.matches("<!-- [a-z]+: .+ -->")) {
        String[] parts = comment.substring(5, comment.length() - 4).split(": ", 2);
        String language = block.getInfo();
        String text = block.getLiteral();
        claims.add(new Claim(name, first, last, parts[0], parts[1], language, text));
      } else if (block.getInfo().equals("sh")) {
        commands.add(new Claim(name, first, last, "sh", "", "sh", block.getLiteral()));
      } else if (!block.getInfo().equals("text")) {
        unproved.add(new Place(name, first, "a block of " + block.getInfo()));
      }
    }

    @Override
    public void visit(Link link) {
      links.add(new Place(name, line(link), link.getDestination()));
      visitChildren(link);
    }

    @Override
    public void visit(Image image) {
      String before =
          image.getParent().getPrevious() instanceof HtmlBlock html ? html.getLiteral() : "";
      String scene =
          before.startsWith("<!-- scene: ") ? before.substring(12, before.length() - 4) : "";
      pictures.add(new Picture(name, line(image), image.getDestination(), text(image), scene));
    }

    @Override
    public void visit(Heading heading) {
      if (heading.getLevel() == 2) {
        sections.add(new Place(name, line(heading), text(heading)));
      } else if (text(heading).startsWith("Rung ")) {
        rungs.add(new Place(name, line(heading), text(heading)));
      }
      // as the code hosts make them
      String lower = text(heading).toLowerCase(Locale.ROOT);
      anchors.add(lower.replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-'));
      visitChildren(heading);
    }
  }

  static int line(Node node) {
    Node block = node;
    while (block.getSourceSpans().isEmpty() && !(block instanceof Block)) {
      block = block.getParent();
    }
    return block.getSourceSpans().get(0).getLineIndex() + 1;
  }

  private static String text(Node node) {
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
        });
    return text.toString();
  }
}
