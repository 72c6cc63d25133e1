package book;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** The kit's first subject, which is not ours. */
@EnabledIfSystemProperty(named = "proof.long", matches = "true")
class NodeOriginalTest {

  @Test
  void theArticlesServerPassesAsInTheArticleAndIsToldWhatTheBookAdds() throws Exception {
    String checklist = NodeOriginal.checklist();
    String article = checklist.substring(0, checklist.indexOf("As in the book"));
    String book = checklist.substring(article.length());
    assertThat(article).contains("[x]").doesNotContain("[ ]");
    assertThat(book).contains("[x]").contains("[ ]");
  }
}
