package book;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Makes a reader's folder: {@code -Dtype=1} as it is before the first rung of chapter 1, {@code
 * -Dtype=1.4} before rung 1.4.
 */
public final class Type {

  private Type() {}

  public static void main(String[] args) throws Exception {
    try {
      System.out.println(folder(System.getProperty("type", "")));
    } catch (IllegalArgumentException | WrongPage e) {
      System.err.println(e.getMessage());
      System.exit(1);
    }
  }

  private static String id(String module) {
    return "<artifactId>" + module + "</artifactId>";
  }

  private static String folder(String wanted) throws IOException {
    for (Chapter chapter : Chapter.all()) {
      String number = chapter.folder().replaceAll("\\D", "");
      List<String> names = chapter.rungs.stream().map(Chapter.Rung::name).toList();
      if (wanted.equals(number) || names.contains(wanted)) {
        int before = wanted.equals(number) ? 0 : names.indexOf(wanted);
        Path folder = Row.ROOT.resolve(chapter.folder());
        if (Files.exists(folder)) {
          throw new IllegalArgumentException(
              chapter.folder() + " is there already. Give it another name, or delete it.");
        }
        chapter.after(before == 0 ? "" : names.get(before - 1)).write(folder);
        Path pom = folder.resolve("pom.xml"); // Maven names the reader's folder, not the step
        String step = chapter.step.name();
        Files.writeString(pom, Files.readString(pom).replace(id(step), id(chapter.folder())));
        return "Now type rung %s in %s.".formatted(names.get(before), chapter.folder());
      }
    }
    throw new IllegalArgumentException(
        "Say where to begin: -Dtype=1 for chapter 1, -Dtype=1.4 for its rung 4.");
  }
}
