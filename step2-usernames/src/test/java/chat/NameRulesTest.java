package chat;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NameRulesTest {

  @ParameterizedTest
  @ValueSource(
      strings = {"A", "Ann Lee", "Анна", "李", "O'Neil", "😀", "12345678901234567890123456789012"})
  void aVisibleNameOfUpTo32CharactersIsAllowed(String name) {
    assertThat(NameRules.clean("  " + name + "\t")).contains(name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "   ", "\t\n", "123456789012345678901234567890123"})
  void anEmptyOrTooLongNameIsRefused(String name) {
    assertThat(NameRules.clean(name)).isEmpty();
  }

  @Test
  void anEmojiCountsAsOneCharacter() { // although it is two chars in Java
    assertThat(NameRules.clean("😀".repeat(32))).isPresent();
    assertThat(NameRules.clean("😀".repeat(33))).isEmpty();
  }

  @Test
  void aNameWithAnInvisibleCharacterIsRefused() {
    Random random = new Random(1);
    for (int code = 0; code <= Character.MAX_CODE_POINT; code++) {
      int type = Character.getType(code);
      if (type == Character.CONTROL
          || type == Character.FORMAT
          || type == Character.LINE_SEPARATOR
          || type == Character.PARAGRAPH_SEPARATOR) {
        int at = random.nextInt(1, 4);
        String name = new StringBuilder("Anna").insert(at, Character.toString(code)).toString();
        assertThat(NameRules.clean(name)).as("U+%04X", code).isEmpty();
      }
    }
  }

  @Test
  void theCompositionOfALetterMakesNoDifference() {
    String inOnePiece = "Zo\u00e9";
    String withAnAccent = "Zoe\u0301";
    assertThat(NameRules.clean(withAnAccent))
        .isEqualTo(NameRules.clean(inOnePiece))
        .contains("Zoé");
  }

  @Test
  void theCaseOfALetterMakesNoDifference() {
    assertThat(NameRules.areSame("Zoé", "ZOÉ")).isTrue();
    assertThat(NameRules.areSame("Zoé", "Zoe")).isFalse();
  }
}
