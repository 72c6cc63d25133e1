package chat;

import static org.assertj.core.api.Assertions.assertThat;

import kit.Checklist;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(Checklist.class)
class KindTest {

  @Test
  void theFirstByteTellsTheKind() {
    assertThat(Kind.of((byte) 0)).contains(Kind.PICTURE_PART);
    assertThat(Kind.of((byte) 1)).contains(Kind.PICTURE_END);
  }

  @ParameterizedTest
  @ValueSource(bytes = {2, 127, -1, -128})
  void anyOtherByteTellsNone(byte first) {
    assertThat(Kind.of(first)).isEmpty();
  }
}
