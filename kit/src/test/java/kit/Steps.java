package kit;

import static java.lang.annotation.ElementType.METHOD;
import static java.lang.annotation.ElementType.TYPE;
import static java.lang.annotation.RetentionPolicy.RUNTIME;

import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.Target;

/**
 * The steps this check applies to; by default, all. The media branch is {@code from = 4, to = 6};
 * the production branch begins at 7. Repeated, it names several ranges.
 */
@Target({TYPE, METHOD})
@Retention(RUNTIME)
@Repeatable(Steps.Ranges.class)
public @interface Steps {

  int from() default 1;

  int to() default Integer.MAX_VALUE;

  /** Holds repeated ranges. */
  @Target({TYPE, METHOD})
  @Retention(RUNTIME)
  @interface Ranges {
    Steps[] value();
  }
}
