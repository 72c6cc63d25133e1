package book;

import static org.assertj.core.api.Assertions.assertThat;

import book.Page.Place;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.junit.jupiter.api.Test;

/** A test that a sentence or a command of the pages names exists. */
class ProseTest {

  /** {@code PageTest}, {@code PageTest.itsMethod} or {@code PageTest#itsMethod}; no file's name. */
  private static final Pattern NAME_OF_A_TEST =
      Pattern.compile("\\b([A-Z]\\w*Test)\\b(?!\\.java)(?:[.#](\\w+))?");

  @Test
  void everyTestThatIsNamedExists() throws Exception {
    List<String> faults = new ArrayList<>();
    for (Page page : Page.all()) {
      List<Place> codes = codes(page);
      page.commands()
          .forEach(command -> codes.add(new Place(page.name(), command.first(), command.text())));
      for (Place code : codes) {
        Matcher name = NAME_OF_A_TEST.matcher(code.what());
        while (name.find()) {
          if (!exists(name.group(1), name.group(2))) {
            faults.add(where(code) + ": there is no test " + name.group());
          }
        }
      }
    }
    assertThat(faults).isEmpty();
  }

  /** In {@code kit}, in a step or in the book itself; without a method, the class is enough. */
  private static boolean exists(String type, String method) throws IOException {
    if (type.equals("ExerciseTest")) {
      return true; // comes with a patch; PatchTest runs it
    }
    List<Path> files = new ArrayList<>();
    files.add(Row.ROOT.resolve("kit/src/test/java/kit/" + type + ".java"));
    files.add(Row.ROOT.resolve("docs/src/test/java/book/" + type + ".java"));
    for (Row.Step step : Row.steps()) {
      for (String folder : List.of("chat", "plumbing")) {
        String path = step.name() + "/src/test/java/" + folder + "/" + type + ".java";
        files.add(Row.ROOT.resolve(path));
      }
    }
    Pattern declaration = Pattern.compile("(void|Stream<DynamicTest>) " + method + "\\(");
    for (Path file : files) {
      if (Files.exists(file)
          && (method == null || declaration.matcher(Files.readString(file)).find())) {
        return true;
      }
    }
    return false;
  }

  private static String where(Place place) {
    return place.page() + ":" + place.line();
  }

  /** What stands in the sentences of a page as code. */
  private static List<Place> codes(Page page) throws IOException {
    List<Place> codes = new ArrayList<>();
    Page.document(Files.readString(Row.ROOT.resolve(page.name())))
        .accept(
            new AbstractVisitor() {
              @Override
              public void visit(Code code) {
                codes.add(new Place(page.name(), Page.line(code), code.getLiteral()));
              }
            });
    return codes;
  }
}
