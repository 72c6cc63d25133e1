package kit;

import static java.lang.annotation.ElementType.METHOD;
import static java.lang.annotation.ElementType.TYPE;
import static java.lang.annotation.RetentionPolicy.RUNTIME;

import java.lang.annotation.Retention;
import java.lang.annotation.Target;

/**
 * A check that costs much. When all modules are tested, it runs in the first step of a branch that
 * it applies to, and not again in the last one. A step that is tested alone runs it, and with
 * {@code -Plong} all steps do.
 */
@Target({TYPE, METHOD})
@Retention(RUNTIME)
public @interface Once {}
