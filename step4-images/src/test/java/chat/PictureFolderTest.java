package chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.Event.Picture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import kit.Checklist;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The folder of pictures, without a room. */
@ExtendWith(Checklist.class)
class PictureFolderTest {

  @TempDir private Path temporary;

  private Path folder() {
    return temporary.resolve("pictures");
  }

  private static byte[] bytes(int n) {
    return new byte[] {(byte) n};
  }

  private static Jpeg jpeg(int n) {
    return new Jpeg(64, 48, bytes(n));
  }

  /** Adds {@code count} pictures, and returns their paths. */
  private static List<String> add(Pictures pictures, int count) throws IOException {
    List<String> paths = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      paths.add(pictures.add(jpeg(i)).path());
      pictures.removeOldest();
    }
    return paths;
  }

  private static List<Boolean> found(Pictures pictures, List<String> paths) {
    return paths.stream().map(path -> pictures.find(path).isPresent()).toList();
  }

  @Test
  void anAddedPictureIsFoundAgainToTheByte() throws Exception {
    Pictures pictures = Pictures.in(folder(), 3);
    Picture picture = pictures.add(jpeg(7));
    assertThat(picture).isEqualTo(new Picture(picture.path(), 64, 48));
    assertThat(pictures.find(picture.path()).orElseThrow()).hasBinaryContent(bytes(7));
  }

  @Test
  void theOldestPicturesAreRemoved() throws Exception {
    Pictures pictures = Pictures.in(folder(), 3);
    List<String> paths = add(pictures, 5);
    assertThat(found(pictures, paths)).containsExactly(false, false, true, true, true);
  }

  @Test
  void theOldestPicturesAreRemovedAlsoAfterARestart() throws Exception {
    Pictures first = Pictures.in(folder(), 10);
    List<String> paths = add(first, 5);
    first.close();
    try (Pictures again = Pictures.in(folder(), 3)) {
      assertThat(found(again, paths)).containsOnly(true);
      add(again, 1);
      assertThat(found(again, paths)).containsExactly(false, false, false, true, true);
    }
  }

  @Test
  void filesThatTheChatDidNotWriteAreLeftAlone() throws Exception {
    Files.createDirectories(folder());
    List<Path> others =
        Stream.of(
                "notes.txt", "holiday.jpg", UUID.randomUUID() + ".png", UUID.randomUUID() + ".jpg")
            .map(folder()::resolve)
            .collect(Collectors.toCollection(ArrayList::new));
    for (Path other : others) {
      Files.setLastModifiedTime(Files.write(other, bytes(1)), FileTime.fromMillis(0));
    }
    others.add(Files.createDirectory(folder().resolve(UUID.randomUUID() + ".jpg")));
    try (Pictures pictures = Pictures.in(folder(), 1)) {
      add(pictures, 3);
    }
    try (Pictures again = Pictures.in(folder(), 1)) {
      add(again, 3);
    }
    assertThat(others).allMatch(Files::exists);
  }

  @Test
  void aNameThatWasCutOffInTheIndexSpoilsNoOther() throws Exception {
    Pictures first = Pictures.in(folder(), 3);
    List<String> paths = add(first, 2);
    first.close();
    Path index = folder().resolve("index.txt");
    Files.writeString(index, Files.readString(index) + "\n0123");
    Pictures second = Pictures.in(folder(), 3);
    paths.addAll(add(second, 1));
    second.close();
    try (Pictures third = Pictures.in(folder(), 1)) {
      add(third, 1);
      assertThat(found(third, paths)).containsOnly(false);
    }
  }

  @Test
  void aFolderServesOneChat() throws Exception {
    try (Pictures pictures = Pictures.in(folder(), 3)) {
      List<String> paths = add(pictures, 1);
      assertThatThrownBy(() -> Pictures.in(folder(), 3))
          .isInstanceOf(IOException.class)
          .hasMessageStartingWith(folder() + " cannot be the folder of pictures: ");
      assertThat(found(pictures, paths)).containsOnly(true);
    }
    Pictures.in(folder(), 3).close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/pictures/",
        "/pictures/../secret.txt",
        "/pictures/..\\secret.txt",
        "/pictures//etc/passwd",
        "/pictures/./NAME",
        "/pictures/../pictures/NAME",
        "/pictures/NAME/",
        "/pictures/NAME\0",
        "/pictures/NAME\n",
        "/pictures/------------------------------------.jpg",
      })
  void noOtherPathFindsAnything(String path) throws Exception {
    Pictures pictures = Pictures.in(folder(), 3);
    String name = Path.of(add(pictures, 1).get(0)).getFileName().toString();
    Files.writeString(temporary.resolve("secret.txt"), "secret");
    assertThat(pictures.find(path.replace("NAME", name))).isEmpty();
    assertThat(pictures.find("/pictures/" + name)).isPresent();
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "not every user may make a link there")
  void aLinkInTheFolderIsNotFollowed() throws Exception {
    Pictures pictures = Pictures.in(folder(), 3);
    Path secret = Files.writeString(temporary.resolve("secret.txt"), "secret");
    String name = UUID.randomUUID() + ".jpg";
    Files.createSymbolicLink(folder().resolve(name), secret);
    assertThat(pictures.find("/pictures/" + name)).isEmpty();
  }

  @Test
  void aRemovedFolderIsMadeAgain() throws Exception {
    Pictures pictures = Pictures.in(folder(), 3);
    Files.delete(folder().resolve("index.txt"));
    Files.delete(folder());
    List<String> paths = add(pictures, 1);
    pictures.close();
    try (Pictures again = Pictures.in(folder(), 3)) {
      assertThat(found(again, paths)).containsExactly(true);
      add(again, 3);
      assertThat(found(again, paths)).as("the oldest").containsExactly(false);
    }
  }

  @Test
  void aPictureThatCannotBeSavedLeavesNothingAndRemovesNoOther() throws Exception {
    Pictures pictures = Pictures.in(folder(), 3);
    List<String> paths = add(pictures, 1);
    Path aside = Files.move(folder(), temporary.resolve("aside"));
    Files.writeString(folder(), "no folder");
    assertThatThrownBy(() -> pictures.add(jpeg(1))).isInstanceOf(IOException.class);
    Files.delete(folder());
    Files.move(aside, folder());
    paths.addAll(add(pictures, 2));
    assertThat(found(pictures, paths)).containsExactly(true, true, true);
  }

  @Test
  void aTemporaryFolderIsMadeWhenNeededAndRemovedAtTheEnd() throws Exception {
    Pictures pictures = Pictures.temporary(3);
    Path file = pictures.find(add(pictures, 5).get(4)).orElseThrow();
    assertThat(file.getParent()).isDirectory();
    pictures.close();
    assertThat(file.getParent()).doesNotExist();
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "it has other permissions")
  void onlyItsUserCanReadATemporaryFolder() throws Exception {
    try (Pictures pictures = Pictures.temporary(3)) {
      Path file = pictures.find(add(pictures, 1).get(0)).orElseThrow();
      assertThat(Files.getPosixFilePermissions(file.getParent()))
          .isEqualTo(PosixFilePermissions.fromString("rwx------"));
    }
  }

  @Test
  void aPermanentFolderIsStillThereAtTheEnd() throws Exception {
    Pictures pictures = Pictures.in(folder(), 3);
    List<String> paths = add(pictures, 3);
    pictures.close();
    try (Pictures again = Pictures.in(folder(), 3)) {
      assertThat(found(again, paths)).containsOnly(true);
    }
  }
}
