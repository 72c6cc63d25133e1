package kit;

import static java.lang.annotation.ElementType.METHOD;
import static java.lang.annotation.ElementType.TYPE;
import static java.lang.annotation.RetentionPolicy.RUNTIME;

import java.lang.annotation.Retention;
import java.lang.annotation.Target;

/**
 * When all modules are tested, a check runs in the first step of a branch that it applies to, and
 * in the last step of the branch; with this annotation, in those between too. A step that is tested
 * alone runs all its checks, and with {@code -Plong} all steps do.
 */
@Target({TYPE, METHOD})
@Retention(RUNTIME)
public @interface InEachStep {}
