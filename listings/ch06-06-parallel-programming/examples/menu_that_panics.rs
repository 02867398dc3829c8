use std::panic::{catch_unwind, set_hook};
use std::sync::{LazyLock, OnceLock};

static DAY: OnceLock<&str> = OnceLock::new();

fn lines_of_the_menu() -> usize {
    DAY.get().expect("somebody has set the day").len()
}

static LAZY: LazyLock<usize> = LazyLock::new(lines_of_the_menu);
static ONCE: OnceLock<usize> = OnceLock::new();

fn ask_both() {
    println!("LazyLock: {:?}", catch_unwind(|| *LAZY).ok());
    let once = || *ONCE.get_or_init(lines_of_the_menu);
    println!("OnceLock: {:?}", catch_unwind(once).ok());
}

fn main() {
    set_hook(Box::new(|panic| {
        println!("panic: {}", panic.payload_as_str().unwrap_or("no text"));
    }));
    ask_both();
    println!("the day is set: {:?}", DAY.set("Monday"));
    ask_both();
}
