use rayon::prelude::*;
use std::sync::atomic::{AtomicU32, Ordering::Relaxed};
use std::sync::mpsc::channel;
use std::thread;

fn main() {
    let looked = AtomicU32::new(0);
    let burnt = |plate: &u32| {
        looked.fetch_add(1, Relaxed);
        plate.is_multiple_of(1000)
    };
    let plates = || (1..=1_000_000u32).into_par_iter();
    println!("find_first: {:?}", plates().find_first(burnt));
    let any = plates().find_any(burnt);
    println!("find_any finds one: {}", any.is_some_and(|n| n % 1000 == 0));
    println!("all were looked at: {}", looked.load(Relaxed) >= 2_000_000);

    let mut prices: Vec<u32> = (0..1000).map(|n| n * 7919 % 1009).collect();
    let mut sorted = prices.clone();
    prices.par_sort();
    sorted.sort();
    println!("par_sort sorts as sort does: {}", prices == sorted);

    let (cook, waiter) = channel();
    let cook = thread::spawn(move || {
        for dish in 1..=100u64 {
            cook.send(dish).expect("the waiter stays");
        }
    });
    let served: u64 = waiter.into_iter().par_bridge().sum();
    cook.join().expect("no panic");
    println!("par_bridge: {served}");
}
