// cc -Wall -Wextra orders_with_libuv.c -luv
#include <stdio.h>
#include <uv.h>

typedef struct {
    uv_timer_t timer;
    const char *name;
} dish;

static dish roast = {.name = "roast"}, toast = {.name = "toast"},
            eggs = {.name = "eggs"}, stew = {.name = "stew"},
            soup = {.name = "soup"}, salad = {.name = "salad"};
static uv_timer_t patience;
static int waiting = 3;

static void cook(dish *dish, uint64_t wait, uv_timer_cb ready) {
    uv_timer_init(uv_default_loop(), &dish->timer);
    dish->timer.data = dish;
    uv_timer_start(&dish->timer, ready, wait, 0);
}

static void serve(uv_timer_t *timer) {
    printf("  %s is ready\n", ((dish *)timer->data)->name);
}

static void throw_away(dish *dish) {
    uv_timer_stop(&dish->timer);
    printf("  %s is thrown away\n", dish->name);
}

// Each step is a function, because nothing waits in the middle of one.
static void first_is_ready(uv_timer_t *timer) {
    serve(timer);
    dish *first = timer->data;
    throw_away(first == &soup ? &salad : &soup);
    printf("  served: %s\n", first->name);
}

static void race(void) {
    puts("whatever is ready first");
    cook(&soup, 400, first_is_ready);
    cook(&salad, 100, first_is_ready);
}

static void stew_is_ready(uv_timer_t *timer) {
    serve(timer);
    uv_timer_stop(&patience);
    puts("  served: true");
    race();
}

static void patience_ends(uv_timer_t *timer) {
    (void)timer;
    throw_away(&stew);
    puts("  served: false");
    race();
}

static void one_is_ready(uv_timer_t *timer) {
    serve(timer);
    if (--waiting > 0) return;
    puts("guests who wait 100 ms");
    cook(&stew, 400, stew_is_ready);
    uv_timer_init(uv_default_loop(), &patience);
    uv_timer_start(&patience, patience_ends, 100, 0);
}

int main(void) {
    puts("three orders at once");
    cook(&roast, 300, one_is_ready);
    cook(&toast, 100, one_is_ready);
    cook(&eggs, 200, one_is_ready);
    return uv_run(uv_default_loop(), UV_RUN_DEFAULT);
}
