package kit;

import static java.lang.annotation.ElementType.METHOD;
import static java.lang.annotation.ElementType.TYPE;
import static java.lang.annotation.RetentionPolicy.RUNTIME;

import java.lang.annotation.Retention;
import java.lang.annotation.Target;

/** Of which steps this check holds; without it, of all. */
@Target({TYPE, METHOD})
@Retention(RUNTIME)
public @interface Steps {

  int from() default 1;

  int to() default Integer.MAX_VALUE;
}
