package kit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** From step 2 on: a name at the door, shown with every message. */
@Steps(from = 2)
class NamesTest extends Check {

  @Test
  void theNewcomerIsWelcomedFirstAndTheOthersAreTold() throws Exception {
    String a = fresh("Ann");
    String b = fresh("Boris");
    Client ann = clientNamed(a);
    Client boris = clientNamed(b);
    JsonNode welcome = boris.events().get(0);
    assertThat(welcome.path("type").asString()).isEqualTo("welcome");
    assertThat(welcome.path("name").asString()).isEqualTo(b);
    assertThat(online(boris)).containsSubsequence(a, b).endsWith(b).doesNotHaveDuplicates();
    ann.awaitTold("joined", b);
    boris.say("behind it");
    boris.awaitSaid(boris.line("behind it"));
    assertThat(boris.told("joined")).as("whom Boris is told to have joined").doesNotContain(b);
  }

  @Test
  @Steps(to = 2)
  void usersWhoJoinWhileOthersSpeakAreWelcomedFirstAndMissNothingThen() throws Exception {
    Rush rush = Rush.of(this);
    for (Client joiner : rush.joiners()) { // Client.join has looked at the first event
      List<String> heard = joiner.said();
      List<String> tail = rush.all().subList(rush.all().size() - heard.size(), rush.all().size());
      assertThat(Texts.firstDifference(heard, tail))
          .as("where what a joiner heard differs from what was said since")
          .isEqualTo("nowhere");
    }
  }

  @Test
  void whoIsHereIsToldInTheOrderInWhichTheyCame() throws Exception {
    List<String> names = new ArrayList<>();
    for (String name : List.of("Zoe", "Ann", "Mia", "Boris", "Lea", "Clara", "Kim", "Dora")) {
      names.add(fresh(name));
      clientNamed(names.get(names.size() - 1));
    }
    assertThat(online(client("last"))).containsSubsequence(names);
  }

  /** Who is here, as the welcome tells it. */
  private static List<String> online(Client newcomer) {
    JsonNode welcome = newcomer.events().get(0);
    return welcome.path("online").valueStream().map(name -> name.asString()).toList();
  }

  @Test
  void aMessageIsToldWithTheSendersNameAndNothingElse() throws Exception {
    String a = fresh("Ann");
    Client ann = clientNamed(a);
    ann.say("Hi");
    ann.awaitSaid(1);
    JsonNode said = ann.saidEvents().get(0);
    assertThat(said.path("name").asString()).isEqualTo(a);
    assertThat(said.path("text").asString()).isEqualTo("Hi");
    if (Subject.STEP == 2) {
      assertThat(said.propertyNames()).containsExactlyInAnyOrder("type", "name", "text");
    }
  }

  @Test
  void whoLeavesIsMissedByTheOthersHoweverItLeaves() throws Exception {
    Client ann = client("Ann");
    String b = fresh("Boris");
    String c = fresh("Clara");
    clientNamed(b).close();
    ann.awaitTold("left", b);
    clientNamed(c).vanish();
    ann.awaitTold("left", c);
    ann.say("behind it");
    ann.awaitSaid(ann.line("behind it"));
    assertThat(ann.told("left")).doesNotHaveDuplicates();
  }

  @Test
  void whoHasNotGivenANameHearsNothingAndIsNotHere() throws Exception {
    RawClient stranger = rawSocket();
    stranger.handshake();
    String b = fresh("Boris");
    Client ann = client("Ann");
    ann.say("secret");
    ann.awaitSaid(ann.line("secret"));
    assertThat(ann.told("joined")).doesNotContain(b);
    stranger.send(RawClient.frame(RawClient.TEXT, b));
    RawClient.Frame first = stranger.read();
    assertThat(first.text()).as("the first that it hears").contains("\"welcome\"");
    ann.awaitTold("joined", b);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "   ",
        "123456789012345678901234567890123",
        "a\tb",
        "a\nb",
        "\u202egnikcah",
        "Ann\u200b",
        "a\u0000",
        "a\u2028b",
        "a\u00ad",
        "\ufeffAnn"
      })
  void aBadNameIsRefusedWith4001AndNobodyIsTold(String name) throws Exception {
    Client ann = client("Ann");
    Client bad = knock(name);
    assertThat(bad.awaitClose()).as("the close code").startsWith("4001");
    assertThat(bad.events()).as("what it has heard").isEmpty();
    ann.say("barrier");
    ann.awaitSaid(ann.line("barrier"));
    assertThat(ann.told("joined")).as("who joined").doesNotContain(name, name.strip());
  }

  @ParameterizedTest
  @ValueSource(strings = {"Ann %s", "ann %s", " ANN %s ", "\uff21nn %s"})
  void aNameThatIsTakenIsRefusedWith4002UntilItsOwnerLeaves(String name) throws Exception {
    String number = fresh("").strip();
    Client ann = clientNamed("Ann " + number);
    Client boris = client("Boris");
    Client second = knock(name.formatted(number));
    assertThat(second.awaitClose()).as("the close code").startsWith("4002");
    assertThat(second.events()).as("what it has heard").isEmpty();
    ann.close();
    boris.awaitTold("left", "Ann " + number);
    assertThat(clientNamed(name.formatted(number)).isOpen()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "Émile, ÉMILE",
    "Zo\u00eb, ZOE\u0308",
    "Strauß, STRAUSS",
    "Σίσυφος, ΣΊΣΥΦΟΣ",
    "Dora, Do\u034fra",
    "Emil, Emil\ufe0f"
  })
  void namesWithOneKeyAreTheSameName(String first, String second) throws Exception {
    String number = fresh("");
    clientNamed(first + number);
    assertThat(knock(second + number).awaitClose()).as("the close code").startsWith("4002");
  }

  @ParameterizedTest
  @ValueSource(strings = {"A", "O'Neil", "Анна", "李", "😀", "Zo\u00e9"})
  void aVisibleNameIsGoodAndComesBackWithoutTheSpaceAroundIt(String name) throws Exception {
    Client client = clientNamed("  " + name + "\t");
    assertThat(client.events().get(0).path("name").asString()).isEqualTo(name);
  }

  @Test
  void aNameOfThirtyTwoCharactersIsGoodAlsoWhenJavaCountsThemTwice() throws Exception {
    assertThat(clientNamed("😀".repeat(32)).isOpen()).isTrue();
    assertThat(knock("😀".repeat(33)).awaitClose()).startsWith("4001");
  }

  @Test
  void nobodyCanSpeakInTheNameOfAnother() throws Exception {
    Client ann = client("Ann");
    Client boris = client("Boris");
    String forged = "{\"type\":\"said\",\"name\":\"Ann\",\"text\":\"I am Ann\"}";
    boris.say(forged);
    ann.awaitSaid(1);
    assertThat(ann.said()).containsExactly(boris.line(forged));
  }

  // In the browser.

  @Test
  void thePageAsksForANameAndSaysThatItIsConnected() throws Exception {
    Tab ann = browser().visit(fresh("Ann"), chat().page());
    assertThat(ann.isAtDoor()).as("the page asks for a name").isTrue();
    ann.enter();
    assertThat(ann.find("#door").isDisplayed()).as("the page still asks for a name").isFalse();
    assertThat(ann.find("#say").isDisplayed()).as("the page takes messages").isTrue();
  }

  @Test
  void aReloadKeepsTheNameHoweverOften() throws Exception {
    Client ann = client("Ann");
    String b = fresh("Boris");
    Tab boris = tabNamed(b);
    for (int i = 0; i < 3; i++) {
      boris.reload();
    }
    ann.say("welcome back");
    boris.awaitMessage(ann.line("welcome back"));
    assertThat(boris.online()).endsWith(b).doesNotHaveDuplicates();
  }

  @Test
  void aNameThatIsTakenIsRefusedAtTheDoorAndCanBeMended() throws Exception {
    String a = fresh("Ann");
    Client ann = clientNamed(a);
    String d = fresh("Dora");
    Tab dora = browser().visit(d, chat().page());
    dora.knock(a.toLowerCase(Locale.ROOT));
    dora.awaitStatus("Not connected. Somebody with this name is here already.");
    assertThat(dora.isAtDoor()).isTrue();
    assertThat(dora.valueOf("#name")).isEqualTo(a.toLowerCase(Locale.ROOT));
    dora.enter();
    ann.awaitTold("joined", d);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\u202ennA", "123456789012345678901234567890123", "   "})
  void aBadNameIsRefusedAtTheDoor(String name) throws Exception {
    Tab dora = browser().visit("Dora", chat().page());
    dora.knock(name);
    dora.awaitStatus("Not connected. A name has 1 to 32 characters, and no invisible ones.");
    assertThat(dora.isAtDoor()).isTrue();
    assertThat(dora.valueOf("#name")).isEqualTo(name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"<img src=x onerror=alert(1)>", "<script>alert(1)</script>"})
  void aHostileNameIsShownAsText(String hostile) throws Exception {
    Tab ann = tab("Ann");
    Client evil = clientNamed(hostile);
    evil.say("Hi");
    ann.awaitMessage(hostile + ": Hi");
    assertThat(ann.online().contains(hostile)).isTrue();
    assertThat(
            ann.script(
                "return document.querySelectorAll(':is(#online, #messages) :is(img, script)').length"))
        .isEqualTo(0L);
  }

  /** What neither the window nor a box that scrolls cuts off from the messages. */
  private static final String PART_IN_SIGHT =
      """
      let top = 0;
      let bottom = innerHeight;
      for (let box = document.querySelector("#messages"); box; box = box.parentElement) {
        if (box.id === "messages" || getComputedStyle(box).overflowY !== "visible") {
          const place = box.getBoundingClientRect();
          top = Math.max(top, place.top);
          bottom = Math.min(bottom, place.bottom);
        }
      }
      return (bottom - top) / innerHeight;
      """;

  @Test
  void fortyUsersAndALongNameLeaveRoomForTheConversationOnAPhone() throws Exception {
    for (int i = 0; i < 40; i++) {
      client("Somebody called");
    }
    Tab ann = tabNamed("W".repeat(32));
    ann.resize(390, 664);
    Client boris = client("Boris");
    for (int i = 0; i < 40; i++) {
      boris.say("line " + i);
    }
    boris.awaitSaid(40);
    ann.say("hello");
    ann.awaitMessage(ann.line("hello"));
    assertThat(ann.online()).hasSizeGreaterThanOrEqualTo(41);
    assertThat(((Number) ann.script(PART_IN_SIGHT)).doubleValue())
        .as("the conversation's part of the window")
        .isGreaterThan(0.3);
    assertThat(ann.script("return document.documentElement.scrollWidth <= innerWidth"))
        .as("nothing runs off the screen")
        .isEqualTo(true);
    assertThat(
            ann.script(
                "return document.querySelector('#say').getBoundingClientRect().bottom <= innerHeight"))
        .as("the form is in sight")
        .isEqualTo(true);
    assertThat(ann.isAtEnd()).as("the last message is in sight").isTrue();
  }

  @Test
  @Steps(from = 4, to = 6)
  void eachNameHasOneColourInAllTabsAndOnesOwnMessagesStandApart() throws Exception {
    Tab ann = tab("Ann");
    Tab boris = tab("Boris");
    for (String name : List.of("Clara", "Dora", "Emil", "Frida")) {
      client(name).say("Hi");
    }
    ann.awaitCount(4);
    ann.say("first");
    ann.say("second");
    boris.awaitCount(6);
    String colours =
        "return [...document.querySelectorAll('.said:not(.earlier) bdi:first-of-type')]"
            + ".map((name) => getComputedStyle(name).color)";
    List<?> shown = (List<?>) ann.script(colours);
    assertThat(shown).as("in both tabs").hasSize(6).isEqualTo(boris.script(colours));
    assertThat(shown.get(4)).as("of one name").isEqualTo(shown.get(5));
    assertThat(new HashSet<>(shown)).as("of five names").hasSizeGreaterThan(3); // two may be alike
    assertThat(ann.texts(".own bdi:last-of-type")).containsExactly("first", "second");
    assertThat(boris.texts(".own")).isEmpty();
  }
}
