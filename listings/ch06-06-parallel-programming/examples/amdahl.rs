use std::hint::black_box;
use std::thread;
use std::time::{Duration, Instant};

const ORDERS: u32 = 400_000;

fn cook(orders: u32) {
    (0..orders).for_each(|order| {
        black_box(order);
    });
}

/// One cook does the serial part alone; `cooks` share the rest.
fn dinner(serial: u32, cooks: u32) -> Duration {
    let start = Instant::now();
    cook(serial);
    thread::scope(|kitchen| {
        for _ in 0..cooks {
            kitchen.spawn(|| cook((ORDERS - serial) / cooks));
        }
    });
    start.elapsed()
}

fn main() -> Result<(), String> {
    println!("cores: {:?}", thread::available_parallelism());
    for percent in [0, 20, 50] {
        let serial = ORDERS / 100 * percent;
        let share = f64::from(percent) / 100.0;
        let bound = 1.0 / (share + (1.0 - share) / 2.0);
        let (mut one, mut two) = (Duration::MAX, Duration::MAX);
        for _ in 0..9 {
            one = one.min(dinner(serial, 1));
            two = two.min(dinner(serial, 2));
        }
        let measured = one.as_secs_f64() / two.as_secs_f64();
        println!("{percent:>2} % serial: {measured:.2}, at most {bound:.2}");
        if measured > 1.5 * bound {
            return Err(format!("{measured} is beyond Amdahl's bound"));
        }
    }
    Ok(())
}
