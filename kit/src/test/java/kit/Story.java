package kit;

import static java.lang.annotation.ElementType.METHOD;
import static java.lang.annotation.RetentionPolicy.RUNTIME;

import java.lang.annotation.Retention;
import java.lang.annotation.Target;

/**
 * A check of which each step has its own form, {@code ThreeTabsTest}. When all modules are tested,
 * that is enough; other chats, a step that is tested alone, and {@code -Plong} run this one too.
 */
@Target(METHOD)
@Retention(RUNTIME)
public @interface Story {}
