package chat;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a name may look like, and which names count as the same. */
final class NameRules {

  private static final int MAX_WANTED = 256; // chars; to normalize a long text takes long

  /** A space, or no control, format or space character: some of these turn text around. */
  private static final String LETTER = "[[^\\p{Cc}\\p{Cf}\\p{Z}] ]";

  /** Between two letters there may be a joiner, as in some languages and emoji. */
  private static final Pattern NAME =
      Pattern.compile(LETTER + "([\\u200c\\u200d]?" + LETTER + "){0,31}");

  /** Characters that show nothing: Unicode's default-ignorable ones, and the Braille blank. */
  private static final Pattern INVISIBLE =
      Pattern.compile(
          "[\\u00ad\\u034f\\u061c\\u115f\\u1160\\u17b4\\u17b5\\u180b-\\u180f\\u200b-\\u200f"
              + "\\u202a-\\u202e\\u2060-\\u206f\\u2800\\u3164\\ufe00-\\ufe0f\\ufeff\\uffa0"
              + "\\ufff0-\\ufff8\\x{1bca0}-\\x{1bca3}\\x{1d173}-\\x{1d17a}\\x{e0000}-\\x{e0fff}]");

  private NameRules() {}

  /** In one of the ways to write a letter such as é; empty if this cannot be a name. */
  static Optional<String> clean(String wanted) {
    if (wanted.length() > MAX_WANTED) {
      return Optional.empty();
    }
    String name = normalize(wanted).strip();
    return Optional.of(name)
        .filter(cleaned -> NAME.matcher(cleaned).matches() && !key(cleaned).isBlank());
  }

  /** Whether two clean names differ by nothing but case and characters that show nothing. */
  static boolean areSame(String name, String other) {
    return key(name).equals(key(other));
  }

  /** In lower case by way of upper case: ß becomes SS, and then both are ss. */
  private static String key(String name) {
    String visible = INVISIBLE.matcher(name).replaceAll("");
    String upper = visible.toLowerCase(Locale.ROOT).toUpperCase(Locale.ROOT);
    return normalize(upper.toLowerCase(Locale.ROOT));
  }

  private static String normalize(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFKC);
  }
}
