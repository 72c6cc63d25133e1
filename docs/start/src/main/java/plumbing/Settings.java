package plumbing;

import java.nio.file.Path;

/** Reads settings, {@code -Dname=value}, and refuses bad ones with a sentence. */
public final class Settings {

  private Settings() {}

  /**
   * A whole number.
   *
   * @throws IllegalArgumentException with a sentence, when it is none, or out of these bounds
   */
  public static int number(String name, int least, int normal, int most) {
    String value = System.getProperty(name, String.valueOf(normal));
    int number = value.matches("[0-9]{1,9}") ? Integer.parseInt(value) : -1;
    if (number < least || number > most) {
      throw new IllegalArgumentException(
          "%s must be a number from %d to %d, not \"%s\".".formatted(name, least, most, value));
    }
    return number;
  }

  /**
   * A text that is not empty.
   *
   * @throws IllegalArgumentException with a sentence, when it is blank
   */
  public static String text(String name, String normal) {
    String value = System.getProperty(name, normal);
    if (value.isBlank()) {
      throw new IllegalArgumentException(name + " must not be empty.");
    }
    return value;
  }

  /** A path; see {@link #text}. */
  public static Path path(String name, String normal) {
    return Path.of(text(name, normal));
  }
}
