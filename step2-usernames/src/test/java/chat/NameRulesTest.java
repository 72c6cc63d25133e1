package chat;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import kit.Checklist;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(Checklist.class)
class NameRulesTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "A",
        "Ann Lee",
        "Анна",
        "李",
        "O'Neil",
        "😀",
        "12345678901234567890123456789012",
        "می\u200cنا",
        "👨\u200d👩\u200d👧"
      })
  void aVisibleNameOfUpTo32CharactersIsAllowed(String name) {
    assertThat(NameRules.clean("  " + name + "\t")).contains(name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "   ",
        "\t\n",
        "123456789012345678901234567890123",
        "\u3164",
        "\u2800",
        "\ufe0f",
        "\u200d"
      })
  void anEmptyInvisibleOrTooLongNameIsRefused(String name) {
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
      if (code == 0x200c || code == 0x200d) {
        continue; // joins two letters
      }
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
    assertThat(NameRules.areSame("Maß", "MASS")).isTrue();
    assertThat(NameRules.areSame("Strauß", "STRAUẞ")).isTrue();
    assertThat(NameRules.areSame("Ilık", "ILIK")).as("ı counts as i").isTrue();
    assertThat(NameRules.areSame("Zoé", "Zoe")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"\u034f", "\ufe0f", "\u180b", "\udb40\udd00", "\u200d", "\u3164"})
  void aCharacterThatShowsNothingMakesNoDifference(String invisible) {
    assertThat(NameRules.areSame("Ann", "A" + invisible + "nn")).isTrue();
    assertThat(NameRules.areSame("Ann", "Ann" + invisible)).isTrue();
  }

  @Test
  void aLongTextIsRefusedBeforeItIsNormalized() {
    assertThat(NameRules.clean("e" + "\u0301\u0316".repeat(8000))).isEmpty();
  }
}
