package chat;

import java.text.Normalizer;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a name may look like, and which names count as the same. */
final class NameRules {

  /** No control and no format characters: some of these turn text around, most are invisible. */
  private static final Pattern NAME = Pattern.compile("[[^\\p{Cc}\\p{Cf}\\p{Z}] ]{1,32}");

  private NameRules() {}

  /** In one of the ways to write a letter such as é; empty if this cannot be a name. */
  static Optional<String> clean(String wanted) {
    String name = Normalizer.normalize(wanted, Normalizer.Form.NFKC).strip();
    return Optional.of(name).filter(cleaned -> NAME.matcher(cleaned).matches());
  }

  /** Whether two clean names differ by nothing but case. */
  static boolean areSame(String name, String other) {
    return name.equalsIgnoreCase(other);
  }
}
