use std::thread;

static mut ORDERS: u32 = 0;

fn main() {
    thread::scope(|kitchen| {
        for _ in 0..2 {
            kitchen.spawn(|| {
                for _ in 0..1_000_000 {
                    // SAFETY: there is none. Two threads write at once, which
                    // is a data race; this shows that nothing objects.
                    unsafe { ORDERS += 1 };
                }
            });
        }
    });
    // SAFETY: both threads have ended.
    println!("{} of 2000000", unsafe { ORDERS });
}
