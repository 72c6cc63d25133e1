package kit;

import static java.lang.annotation.ElementType.METHOD;
import static java.lang.annotation.ElementType.TYPE;
import static java.lang.annotation.RetentionPolicy.RUNTIME;

import java.lang.annotation.Retention;
import java.lang.annotation.Target;

/**
 * A check of the page in a browser, which costs the most. When all modules are tested, it is tried
 * in the first step that it holds for, and not in the last one again. A step that is tested alone
 * tries it, and with {@code -Plong} all do.
 */
@Target({TYPE, METHOD})
@Retention(RUNTIME)
public @interface Page {}
