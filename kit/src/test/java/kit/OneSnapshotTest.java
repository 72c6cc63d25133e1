package kit;

import static kit.Waiting.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.util.List;
import javax.imageio.ImageIO;
import kit.Client.Snapshot;
import org.junit.jupiter.api.Test;

/** From step 5 on: the way of a single snapshot, from a camera into a tile. */
@Steps(from = 5, to = 6)
class OneSnapshotTest extends Check {

  private static final byte[] NOTHING = {};

  private static Snapshot first(Client viewer) {
    await(viewer.name() + " to get a snapshot", () -> assertThat(viewer.snapshots()).isNotEmpty());
    return viewer.snapshots().get(0);
  }

  @Test
  void itReachesEverybodyAsItWasSentWithItsSendersName() throws Exception {
    Client zoe = client("Zoë");
    Client boris = client("Boris");
    byte[] largest = Drawing.filled(Drawing.jpeg(320, 240, Color.RED), 16 * 1024 - 1);
    zoe.snapshot(largest);
    for (Client viewer : List.of(zoe, boris)) {
      assertThat(first(viewer).name()).isEqualTo(zoe.name());
      assertThat(first(viewer).jpeg()).isEqualTo(largest);
    }
  }

  @Test
  void itIsDrawnInATileWithItsSendersName() throws Exception {
    Tab ann = tab("Ann");
    Client boris = client("Boris");
    boris.snapshot(Drawing.jpeg(320, 240, Color.BLUE));
    ann.awaitTiles(boris.name());
    ann.awaitColour(boris.name(), Color.BLUE);
  }

  @Test
  void whatACameraSeesIsAJpegThatFitsIntoAMessage() throws Exception {
    Client boris = client("Boris");
    Tab ann = tab("Ann");
    ann.find("#camera").click();
    byte[] jpeg = first(boris).jpeg();
    assertThat(jpeg).hasSizeLessThan(16 * 1024);
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(jpeg));
    assertThat(image.getWidth()).isBetween(1, 320);
    assertThat(image.getHeight()).isBetween(1, 240);
  }

  @Test
  void aTileComesWithAVideoAndGoesWithItAlsoForWhoComesLate() throws Exception {
    Client boris = client("Boris");
    Client clara = client("Clara");
    Tab ann = tab("Ann");
    boris.snapshot(Drawing.jpeg(320, 240, Color.BLUE));
    clara.snapshot(Drawing.jpeg(320, 240, Color.RED));
    ann.awaitTiles(boris.name(), clara.name());
    Tab late = tab("late");
    late.awaitTiles(boris.name(), clara.name());
    boris.snapshot(NOTHING);
    clara.vanish();
    for (Tab tab : List.of(ann, late)) {
      tab.awaitTiles();
    }
  }
}
