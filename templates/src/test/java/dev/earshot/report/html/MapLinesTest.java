package dev.earshot.report.html;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.report.html.FlowMap.Box;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MapLinesTest {

  private static final int COLUMNS = 4;
  private static final int ROWS = 5;
  private static final int ROW = 58;
  private static final Pattern NUMBER = Pattern.compile("-?\\d+");

  /// However boxes stand: a map in four columns, some of whose places are empty.
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void linesAndFiguresHideNoBox(long seed) {
    Random random = new Random(seed);
    List<Box> boxes = new ArrayList<>();
    for (int at = 0; at < COLUMNS * ROWS; at++) {
      if (random.nextInt(4) > 0) {
        boxes.add(box(at % COLUMNS * FlowMap.COLUMN, at / COLUMNS * ROW, "box" + at));
      }
    }
    List<MapLines.Ends> ends =
        IntStream.range(0, 200)
            .mapToObj(_ -> List.of(any(boxes, random), any(boxes, random)))
            .filter(pair -> !pair.getFirst().equals(pair.getLast()))
            .distinct()
            .limit(14)
            .map(pair -> new MapLines.Ends(pair.getFirst(), pair.getLast(), "25.3 ms"))
            .toList();
    List<Integer> gaps = IntStream.rangeClosed(0, ROWS).mapToObj(row -> row * ROW - 10).toList();

    List<MapLines.Line> lines = MapLines.of(ends, boxes, gaps);

    assertThat(lines).hasSameSizeAs(ends);
    for (int at = 0; at < lines.size(); at++) {
      MapLines.Line line = lines.get(at);
      assertThat(boxes)
          .as("%s from %s", line.path(), ends.get(at))
          .noneMatch(box -> points(line.path()).stream().anyMatch(point -> has(box, point)));
      assertThat(boxes)
          .as("the figure at %d, %d", line.x(), line.y())
          .noneMatch(box -> has(box, new double[] {line.x(), line.y()}));
    }
    assertThat(lines.stream().map(line -> line.path().split("C", 2)[0]).distinct())
        .as("where they begin")
        .hasSameSizeAs(lines);
  }

  private static Box any(List<Box> boxes, Random random) {
    return boxes.get(random.nextInt(boxes.size()));
  }

  private static Box box(int x, int y, String name) {
    return new Box(x, y, name, name, "", false);
  }

  /// Its edges are where lines begin and end.
  private static boolean has(Box box, double[] point) {
    return point[0] > box.x() + 1
        && point[0] < box.x() + FlowMap.BOX_WIDTH - 1
        && point[1] > box.y() + 1
        && point[1] < box.y() + FlowMap.BOX_HEIGHT - 1;
  }

  /// Many points on a path of cubic curves.
  private static List<double[]> points(String path) {
    List<Integer> numbers =
        NUMBER.matcher(path).results().map(found -> Integer.valueOf(found.group())).toList();
    List<double[]> points = new ArrayList<>();
    for (int at = 0; at + 8 <= numbers.size(); at += 6) {
      for (int step = 0; step <= 200; step++) {
        double t = step / 200.0;
        double[] weights = {
          Math.pow(1 - t, 3), 3 * t * Math.pow(1 - t, 2), 3 * t * t * (1 - t), Math.pow(t, 3)
        };
        double[] point = new double[2];
        for (int corner = 0; corner < 4; corner++) {
          point[0] += weights[corner] * numbers.get(at + 2 * corner);
          point[1] += weights[corner] * numbers.get(at + 2 * corner + 1);
        }
        points.add(point);
      }
    }
    return points;
  }
}
