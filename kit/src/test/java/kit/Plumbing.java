package kit;

import static java.lang.annotation.ElementType.METHOD;
import static java.lang.annotation.ElementType.TYPE;
import static java.lang.annotation.RetentionPolicy.RUNTIME;

import java.lang.annotation.Retention;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A check of what is the same, byte by byte, in all steps, as a test of the row proves. When all
 * modules are tested, once is enough: in the first step, and with {@code -Plong} in the last one
 * too. A step that is tested alone runs it.
 */
@Target({TYPE, METHOD})
@Retention(RUNTIME)
@ExtendWith(Session.class)
public @interface Plumbing {}
