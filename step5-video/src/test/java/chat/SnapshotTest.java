package chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.Color;
import kit.Checklist;
import kit.Drawing;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Checklist.class)
class SnapshotTest {

  @Test
  void itsMessageIsTheKindTheLengthOfTheNameTheNameAndTheJpeg() {
    byte[] bytes = new Snapshot("Zoë", new byte[] {7, 8}).toBytes().array();
    assertThat(bytes).containsExactly(2, 4, 'Z', 'o', 0xc3, 0xab, 7, 8);
  }

  @Test
  void theLongestNameFits() {
    Snapshot snapshot = new Snapshot("😀".repeat(32), new byte[] {7});
    assertThat(snapshot.toBytes().get(1) & 0xff).isEqualTo(128);
    assertThat(snapshot.toBytes().remaining()).isEqualTo(2 + 128 + 1);
  }

  @Test
  void aSnapshotHasAtMost640PixelsOnEachSide() throws Exception {
    byte[] largest = Drawing.jpeg(640, 640, Color.BLACK);
    assertThat(Snapshot.of("Ann", largest).jpeg()).isEqualTo(largest);
    for (byte[] tooLarge :
        new byte[][] {Drawing.jpeg(641, 1, Color.BLACK), Drawing.jpeg(1, 641, Color.BLACK)}) {
      assertThatThrownBy(() -> Snapshot.of("Ann", tooLarge))
          .isInstanceOf(BadPicture.class)
          .hasMessage("A picture here has at most 640 × 640 pixels.");
    }
  }
}
