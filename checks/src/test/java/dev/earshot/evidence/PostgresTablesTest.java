package dev.earshot.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.earshot.evidence.PostgresTables.Bloat;
import dev.earshot.evidence.PostgresTables.Database;
import dev.earshot.evidence.PostgresTables.ForeignKey;
import dev.earshot.evidence.PostgresTables.Relation;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PostgresTablesTest {

  /// What is not shown is not there, and a database in between may be missing.
  @Test
  void databaseByDatabase() {
    PostgresTables tables =
        parse(
            """
            === 5432
            @server
            in_recovery,databases
            f,12
            @database1
            database,counting_s,hidden_sequences,unestimated
            lemmy,-0.5,2,3
            @bloat1
            index,schema,name,bytes,wasted
            t,public,"post,i",20971520,10485760
            @unused1
            @unindexed1
            schema,name,constraint,columns,referenced,bytes,deleted
            public,comment,comment_post,"[""post"", ""B \\""c""]",post,20971520,7
            @database3
            database,counting_s,hidden_sequences,unestimated
            other,,0,0
            """);

    assertThat(tables.databases()).isEqualTo(12);
    assertThat(tables.asked()).extracting(Database::name).containsExactly("lemmy", "other");
    Database lemmy = tables.asked().getFirst();
    assertThat(lemmy.counting()).contains(Duration.ZERO);
    assertThat(lemmy.hiddenSequences()).isEqualTo(2);
    assertThat(lemmy.unestimated()).isEqualTo(3);
    assertThat(lemmy.bloat().orElseThrow())
        .containsExactly(
            new Bloat(
                true, new Relation("public", "post,i"), new Bytes(20 << 20), new Bytes(10 << 20)));
    assertThat(lemmy.unused()).isEmpty();
    assertThat(lemmy.unindexed().orElseThrow())
        .containsExactly(
            new ForeignKey(
                new Relation("public", "comment"),
                "comment_post",
                List.of("post", "B \"c"),
                "post",
                new Bytes(20 << 20),
                7));
    assertThat(tables.asked().getLast().counting()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "psql: error",
        "=== 5432\n",
        "=== 5432\n@server\nin_recovery,databases\n",
        "=== 5432\n@server\nin_recovery,databases\nf,-1\n",
        "=== 5432\n@server\nin_recovery,databases\nf,1\n@database1\ndatabase,unestimated\na,0\n@sequences1\nschema,name,used_percent\na,b,NaN\n"
      })
  void refusesWhatPsqlDoesNotPrint(String output) {
    assertThatThrownBy(() -> PostgresTablesReading.parse(output))
        .isInstanceOf(UnreadableOutput.class);
  }

  private static PostgresTables parse(String output) {
    return PostgresTablesReading.parse(output).getFirst();
  }
}
