#![forbid(unsafe_code)]

use std::sync::Mutex;
use std::sync::atomic::{AtomicU32, Ordering::Relaxed};
use std::thread;

static COUNT: AtomicU32 = AtomicU32::new(0);
static TABLES: Mutex<Vec<u32>> = Mutex::new(Vec::new());

fn main() {
    thread::scope(|kitchen| {
        for table in [7, 12] {
            kitchen.spawn(move || {
                for _ in 0..1_000_000 {
                    COUNT.fetch_add(1, Relaxed);
                }
                TABLES.lock().expect("no panic").push(table);
            });
        }
    });
    println!("{} of 2000000", COUNT.load(Relaxed));
    let mut tables = TABLES.lock().expect("no panic");
    tables.sort_unstable();
    println!("tables: {tables:?}");
}
