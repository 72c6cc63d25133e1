package kit;

import static java.lang.annotation.ElementType.METHOD;
import static java.lang.annotation.ElementType.TYPE;
import static java.lang.annotation.RetentionPolicy.RUNTIME;

import java.lang.annotation.Retention;
import java.lang.annotation.Target;

/**
 * When all modules are tested, a check is tried in the first step that it holds for, and in the
 * last step of the row; with this word, in those between too. A step that is tested alone tries all
 * its checks, and with {@code -Plong} all steps do.
 */
@Target({TYPE, METHOD})
@Retention(RUNTIME)
public @interface InEachStep {}
