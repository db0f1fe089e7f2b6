package dev.otelscope.standalone.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class CourseTest {

  @Test
  void whatGrowsToTheEndGrows() {
    assertThat(course(LongStream.rangeClosed(1, 24).map(look -> 10 * look)).grows()).isTrue();
  }

  @Test
  void whatGrewAtTheBeginningAloneIsFlat() {
    assertThat(course(LongStream.rangeClosed(1, 24).map(look -> Math.min(look, 8))).grows())
        .isFalse();
  }

  @Test
  void aTenthAndTwoAreNoise() {
    assertThat(course(LongStream.of(1000, 1000, 1000, 1090)).grows()).isFalse();
    assertThat(course(LongStream.of(5, 5, 5, 7)).grows()).isFalse();
    assertThat(course(LongStream.of(5, 5, 5, 8)).grows()).isTrue();
  }

  private static Course course(LongStream figures) {
    Course course = new Course();
    figures.forEach(course::add);
    return course;
  }
}
