package kit;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.GraphicsEnvironment;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.ImageOutputStream;
import org.openqa.selenium.WebDriverException;

/**
 * Three users side by side. With a display each has a window, and types at a human pace; for
 * pictures each has a tab of the same size, and every scene becomes a strip of three.
 */
final class Stage implements AutoCloseable {

  private static final int WIDTH = 440; // of one window, in pixels
  static final int HEIGHT = Subject.STEP == 6 ? 720 : 520; // charts, video and a picture

  private final boolean seen; // by somebody who watches
  private final List<Browser> windows;
  private final List<String> users;
  private final List<Tab> tabs = new ArrayList<>();
  private final List<Tab> present = new ArrayList<>(); // from step 2 on: who has come in
  private final List<BufferedImage> scenes = new ArrayList<>();

  private Stage(List<String> users, List<Browser> windows) {
    this.users = users;
    this.windows = windows;
    seen = !windows.isEmpty();
  }

  /** A window for each user. */
  static Stage inWindows(URI page, List<String> users) {
    if (GraphicsEnvironment.isHeadless()) {
      throw new IllegalStateException(
          "The demo needs a display; -Dheadless=true makes pictures instead.");
    }
    List<CompletableFuture<Browser>> opening = new ArrayList<>();
    for (int i = 0; i < users.size(); i++) {
      String position = "--window-position=" + i * (WIDTH + 10) + ",40";
      opening.add(
          CompletableFuture.supplyAsync(
              () -> window(page, position), work -> new Thread(work).start()));
    }
    Stage stage = new Stage(users, opening.stream().map(CompletableFuture::join).toList());
    for (int i = 0; i < users.size(); i++) {
      stage.tabs.add(stage.windows.get(i).visit(users.get(i), page));
      stage.tabs.get(i).script("document.title = arguments[0]", users.get(i));
    }
    return stage;
  }

  private static Browser window(URI page, String position) {
    String size = "--window-size=" + WIDTH + "," + HEIGHT;
    return new Browser(false, "--app=" + page, size, position, "--force-device-scale-factor=1");
  }

  /** A tab for each user, in a browser that nobody sees. */
  static Stage inTabs(Browser browser, URI page, List<String> users) {
    Stage stage = new Stage(users, List.of());
    for (String user : users) {
      Tab tab = browser.visit(user, page);
      tab.resize(WIDTH, HEIGHT);
      stage.tabs.add(tab);
    }
    return stage;
  }

  // What the users do; each ends with a scene when all who should see it do.

  void enters(int who) {
    Tab tab = tabs.get(who);
    tab.find("#name").click();
    tab.type(users.get(who), pause());
    tab.awaitConnected();
    present.add(tab);
    List<String> online = tab.online();
    present.forEach(other -> other.awaitOnline(online.toArray(String[]::new)));
  }

  void says(int who, String text) {
    tabs.get(who).type(text, pause());
    String line = tabs.get(who).line(text);
    (Subject.STEP == 1 ? tabs : present).forEach(tab -> tab.awaitMessage(line));
    scene();
  }

  /** Says something that the page may show in a way of its own. */
  void writes(int who, String text) {
    List<Tab> audience = Subject.STEP == 1 ? tabs : present;
    int before = audience.get(0).messages().size();
    tabs.get(who).type(text, pause());
    audience.forEach(tab -> tab.awaitCount(before + 1));
    scene();
  }

  /** From step 4 on: chooses a picture, drawn for this, and does not send it yet. */
  void chooses(int who) {
    try {
      Path file = Files.createTempFile("picture", ".jpg");
      Files.write(file, Drawing.file("jpg", Drawing.landscape(960, 360)));
      tabs.get(who).attach(file);
      Files.delete(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The same, and shows it with these words. */
  void shows(int who, String words) {
    chooses(who);
    tabs.get(who).type(words, pause());
    present.forEach(other -> awaitPicture(other, words));
    scene();
  }

  /** Looks at a picture that was shown before. */
  void sees(int who, String words) {
    awaitPicture(tabs.get(who), words);
    scene();
  }

  private static void awaitPicture(Tab tab, String words) {
    Waiting.await(
        "everybody to see a picture: " + words,
        () -> assertThat(tab.pictures()).anyMatch(seen -> seen.endsWith(": " + words)));
  }

  /** From step 5 on: shows what the camera sees. */
  void startsVideo(int who) {
    pressCamera(who);
    present.forEach(other -> other.awaitMoving(users.get(who)));
    scene();
  }

  void stopsVideo(int who) {
    pressCamera(who);
    Waiting.await(
        "the others to miss the snapshots of " + users.get(who),
        () -> assertThat(present).allMatch(other -> !other.tiles().contains(users.get(who))));
    scene();
  }

  private void pressCamera(int who) {
    tabs.get(who).find("#camera").click();
    tabs.get(who).find("#text").click(); // what is typed next goes there
  }

  /** Says something that the server cannot save. */
  void loses(int who, String text) {
    Tab tab = tabs.get(who);
    tab.type(text, pause());
    tab.awaitStatus("Not connected");
    present.remove(tab);
  }

  void leaves(int who) {
    Tab tab = tabs.get(who);
    present.remove(tab);
    tab.leave();
    present.forEach(
        other ->
            Waiting.await(
                "the others to miss " + users.get(who),
                () -> assertThat(other.online().contains(users.get(who))).isFalse()));
    scene();
  }

  void unfoldsCharts(int who) {
    tabs.get(who).find("#charts summary").click();
    tabs.get(who).find("#text").click();
    scene();
  }

  /** Waits until this user's charts show a second in which nobody said anything. */
  void seesSilence(int who) {
    Waiting.await(
        "a second of silence",
        () -> assertThat(tabs.get(who).texts("#charts td")).startsWith("0", "3"));
    scene();
  }

  /** The tab still knows its user's name. */
  void returns(int who) {
    Tab tab = tabs.get(who);
    tab.back();
    tab.awaitConnected();
    present.add(tab);
    scene();
  }

  /** Between two keys: about 200 characters a minute; no pause when nobody watches. */
  private Duration pause() {
    return seen ? Duration.ofMillis(120) : Duration.ZERO;
  }

  /** Remembers what the three show now, for a picture. */
  void scene() {
    if (!seen) {
      try {
        scenes.add(strip());
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private BufferedImage strip() throws IOException {
    int gap = 8;
    int width = tabs.size() * (WIDTH + gap) - gap;
    BufferedImage strip = new BufferedImage(width, HEIGHT, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = strip.createGraphics();
    graphics.setColor(Color.GRAY);
    graphics.fillRect(0, 0, width, HEIGHT);
    for (int i = 0; i < tabs.size(); i++) {
      BufferedImage window = ImageIO.read(new ByteArrayInputStream(tabs.get(i).screenshot()));
      graphics.drawImage(window, i * (WIDTH + gap), 0, WIDTH, HEIGHT, null);
    }
    graphics.dispose();
    return strip;
  }

  /** Writes the last scene as NAME.png, and all of them as NAME.gif, an animation. */
  void write(Path folder, String name) throws IOException {
    BufferedImage last = scenes.get(scenes.size() - 1);
    ImageIO.write(last, "png", folder.resolve(name + ".png").toFile());
    Files.writeString(folder.resolve(name + ".txt"), shown());
    ImageWriter writer = ImageIO.getImageWritersBySuffix("gif").next();
    Files.deleteIfExists(folder.resolve(name + ".gif"));
    try (ImageOutputStream out =
        ImageIO.createImageOutputStream(folder.resolve(name + ".gif").toFile())) {
      writer.setOutput(out);
      writer.prepareWriteSequence(null);
      ImageWriteParam parameters = writer.getDefaultWriteParam();
      for (BufferedImage scene : scenes) {
        IIOMetadata metadata =
            writer.getDefaultImageMetadata(new ImageTypeSpecifier(scene), parameters);
        metadata.setFromTree(metadata.getNativeMetadataFormatName(), timing(metadata));
        writer.writeToSequence(new IIOImage(scene, null, metadata), parameters);
      }
      writer.endWriteSequence();
    } finally {
      writer.dispose();
    }
  }

  /** The text of each window in the last scene: what the picture shows, in words. */
  private String shown() {
    StringBuilder all = new StringBuilder();
    for (int i = 0; i < tabs.size(); i++) {
      all.append(users.get(i)).append('\n').append(tabs.get(i).text().indent(2));
    }
    return all.toString();
  }

  /** One and a half seconds for each picture, over and over (GIF89a, sections 23 and 26). */
  private static IIOMetadataNode timing(IIOMetadata metadata) {
    String format = metadata.getNativeMetadataFormatName();
    IIOMetadataNode root = (IIOMetadataNode) metadata.getAsTree(format);
    IIOMetadataNode control =
        (IIOMetadataNode) root.getElementsByTagName("GraphicControlExtension").item(0);
    control.setAttribute("delayTime", "150"); // hundredths of a second
    IIOMetadataNode loop = new IIOMetadataNode("ApplicationExtension");
    loop.setAttribute("applicationID", "NETSCAPE");
    loop.setAttribute("authenticationCode", "2.0");
    loop.setUserObject(new byte[] {1, 0, 0});
    IIOMetadataNode extensions = new IIOMetadataNode("ApplicationExtensions");
    extensions.appendChild(loop);
    root.appendChild(extensions);
    return root;
  }

  @Override
  public void close() {
    for (Browser browser : windows) {
      try {
        browser.close();
      } catch (WebDriverException e) {
        // the user closed this window before us
      }
    }
  }
}
